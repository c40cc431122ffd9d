"""Pages: a recipe, which is small and plain, becomes the plain inputs of a template.

The table in `builder.pages.kinds` has every kind of page. Nothing here knows the archive: a recipe names all that a
page is made from, so that equal recipes in equal scenes give equal bytes.
"""

from builder.pages.kinds import KINDS, PageKind
from builder.pages.recipes import Recipe
from builder.pages.scene import Label, Scene

__all__ = ["KINDS", "Label", "PageKind", "Recipe", "Scene"]
