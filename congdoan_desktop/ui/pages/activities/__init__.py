"""Hoạt động: entering what unions did, for several CĐCS at once."""

from congdoan_desktop.ui.pages.activities.page import ActivitiesPage as ActivitiesPage
