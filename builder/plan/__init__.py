"""Planning: an archive becomes pages, each an address, a kind, and the recipe of what it is made from."""

from builder.plan.addresses import file_of
from builder.plan.pages import Plan
from builder.plan.part import Page
from builder.plan.site import MediaFile, Site

__all__ = ["MediaFile", "Page", "Plan", "Site", "file_of"]
