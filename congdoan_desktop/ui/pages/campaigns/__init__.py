"""Kế hoạch – phong trào: the list, one campaign with its ledger of targets, and the editor of a plan."""

from congdoan_desktop.ui.pages.campaigns.page import CampaignsPage as CampaignsPage
