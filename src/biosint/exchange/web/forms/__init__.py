"""What people write about courses, places, applications, team work, marks and credits."""

from biosint.exchange.web.forms.apply import ApplyForm, GuestApplyForm
from biosint.exchange.web.forms.course import (
    CourseForm,
    NewCourseForm,
    PlacesForm,
    TeacherSearch,
)
from biosint.exchange.web.forms.teams import PlanForm
from biosint.exchange.web.forms.work import MarkForm, PostForm, ProductForm

__all__ = [
    "ApplyForm",
    "CourseForm",
    "GuestApplyForm",
    "MarkForm",
    "NewCourseForm",
    "PlacesForm",
    "PlanForm",
    "PostForm",
    "ProductForm",
    "TeacherSearch",
]
