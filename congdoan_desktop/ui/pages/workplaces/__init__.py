"""Nơi làm việc: agencies, enterprises, schools and cooperatives, with or without a union."""

from congdoan_desktop.ui.pages.workplaces.page import WorkplacesPage as WorkplacesPage
