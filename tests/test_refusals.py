"""Refusals as they are declared: each has something to say, and says only what it knows."""

import inspect
from importlib import import_module
from pkgutil import walk_packages
from string import Formatter

import pytest

import vpcp_cli
from vpcp_cli.errors import BadWordError, NoDataError, VpcpError


def refusals() -> list[type[VpcpError]]:
    """Return every class of refusals."""
    for module in walk_packages(vpcp_cli.__path__, "vpcp_cli."):
        import_module(module.name)
    found, unseen = list[type[VpcpError]](), VpcpError.__subclasses__()
    while unseen:
        found.append(one := unseen.pop())
        unseen += one.__subclasses__()
    return sorted((one for one in found if one.__module__.startswith("vpcp_cli.")), key=lambda one: one.__name__)


@pytest.mark.parametrize("refusal", refusals(), ids=lambda one: one.__name__)
def test_a_refusal_says_what_its_class_declares(refusal: type[VpcpError]) -> None:
    if refusal.says:
        assert refusal.sentence is VpcpError.sentence
    elif not refusal.__subclasses__():
        assert refusal.sentence is not VpcpError.sentence
    if refusal.advises:
        assert refusal.hint is VpcpError.hint
    known = {name for cls in refusal.__mro__ if issubclass(cls, VpcpError) for name in cls.__annotations__}
    known |= set(dir(refusal)) | set(inspect.signature(refusal.__init__).parameters)
    named = [name for text in (refusal.says, refusal.advises) for _, name, _, _ in Formatter().parse(text) if name]
    assert set(named) <= known


def test_facts_are_kept_by_their_names() -> None:
    refusal = BadWordError("a", "--state", known=("done", "late"), nearest=())

    assert (refusal.word, refusal.option, refusal.known) == ("a", "--state", ("done", "late"))
    assert str(refusal) == "«a» is not a value of --state."
    assert NoDataError("here").near == ()
