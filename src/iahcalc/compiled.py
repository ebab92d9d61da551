"""Machine code from Python functions over arrays, compiled once and kept beside the source.

``compiled`` is the one place that knows the compiler. Modules that use it are named in ``KERNELS``, are imported
inside functions only (the compiler takes 0.2-0.5 s to import) and contain nothing but loops over arrays.
Set-up runs ``python -m iahcalc.compiled``, so that the first teacher does not wait for the compiler.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar, cast

import numba

from iahcalc._machine_code_cache import LOCATORS

__all__ = ["KERNELS", "compile_all", "compiled"]

KERNELS: tuple[str, ...] = (
    "iahcalc.columns._kernels",
    "iahcalc.mdgp._kernels_sorted",
    "iahcalc.reports._kernels",
    "iahcalc.samples._kernels_exact",
    "iahcalc.teams._kernel",
)
"""Every module with compiled functions."""

numba.config.CACHE_LOCATOR_CLASSES = LOCATORS  # type: ignore[attr-defined]  # set when it is imported

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(
    *signatures: str, inline: bool = False, allocates: bool = True
) -> Callable[[Function], Function]:
    """Compile a function when its module is imported, or load what an earlier import compiled.

    Args:
        signatures: in the notation of Numba, as ``int64(int64[::1], int64)``; without any, the
            function is compiled for whatever the compiled function that calls it passes.
        inline: copy the body into the functions that call it.
        allocates: a function that makes no arrays, nor calls one that does, can say so; then it does
            not count who holds the arrays it is given, which would take longer than a short loop.

    Integer overflow wraps, division by zero raises nothing, indices are not checked, and the
    interpreter lock is released: other threads go on.
    """

    def of(function: Function) -> Function:
        made = numba.njit(
            list(signatures) or None,
            cache=True,
            nogil=True,
            error_model="numpy",
            inline="always" if inline else "never",
            _nrt=allocates,  # type: ignore[call-overload]  # known to the compiler, not to its stubs
        )(function)
        # Called with the arrays of its signatures, it does what the function does.
        return cast("Function", made)

    return of


def compile_all() -> None:
    """Import every kernel: compiles what is not compiled for this machine yet."""
    for name in KERNELS:
        import_module(name)


if __name__ == "__main__":
    compile_all()
