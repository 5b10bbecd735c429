"""Cán bộ: posts with their terms, and trainings."""

from congdoan_desktop.ui.pages.officers.posts import PostsPage as PostsPage
from congdoan_desktop.ui.pages.officers.trainings import TrainingsPage as TrainingsPage
