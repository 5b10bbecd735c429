"""Xếp loại: the yearly rating of CĐCS."""

from congdoan_desktop.ui.pages.rating.page import RatingPage as RatingPage
