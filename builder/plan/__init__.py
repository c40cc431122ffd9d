"""Planning: an archive becomes pages, each an address, a template and the plain values that it is made from."""

from builder.plan.addresses import file_of
from builder.plan.pages import KINDS, Page, Plan
from builder.plan.site import MediaFile, Site
from builder.plan.wording import Wording

__all__ = ["KINDS", "MediaFile", "Page", "Plan", "Site", "Wording", "file_of"]
