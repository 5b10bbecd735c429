"""Evaluating indicators: what stands behind every figure of a target, as of the last day of a period."""

from congdoan_desktop.services.evaluation.figures import Brought as Brought
from congdoan_desktop.services.evaluation.figures import Cell as Cell
from congdoan_desktop.services.evaluation.figures import Evaluated as Evaluated
from congdoan_desktop.services.evaluation.figures import evaluate as evaluate
from congdoan_desktop.services.evaluation.figures import figures as figures
from congdoan_desktop.services.evaluation.figures import is_of_people as is_of_people
from congdoan_desktop.services.evaluation.figures import judged as judged
from congdoan_desktop.services.evaluation.figures import mark_of as mark_of
from congdoan_desktop.services.evaluation.figures import meets_alone as meets_alone
from congdoan_desktop.services.evaluation.figures import result as result
from congdoan_desktop.services.evaluation.frame import Frame as Frame
from congdoan_desktop.services.evaluation.provenance import records_behind as records_behind
from congdoan_desktop.services.evaluation.provenance import to_date as to_date
from congdoan_desktop.services.evaluation.provenance import travels as travels
from congdoan_desktop.services.evaluation.standing import is_shared as is_shared
from congdoan_desktop.services.evaluation.standing import mark_given as mark_given
from congdoan_desktop.services.evaluation.standing import marked as marked
from congdoan_desktop.services.evaluation.standing import of_part as of_part
from congdoan_desktop.services.evaluation.standing import standing as standing
