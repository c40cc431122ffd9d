"""Publishing: finished bytes become the site in `output/`, which is whole at every moment."""

from builder.publish.folder import OutputFolder, Published
from builder.publish.manifest import manifest

__all__ = ["OutputFolder", "Published", "manifest"]
