"""The contract that import-linter lacks: apps meet only at their doors."""

from __future__ import annotations

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class Doors(Contract):
    """No module of one app imports a module of another app, except its doors.

    ``open`` apps may be entered anywhere; ``free`` ones may enter anywhere.
    """

    type_name = "doors"

    root = fields.StringField()
    doors = fields.ListField(subfield=fields.StringField())
    open = fields.ListField(subfield=fields.StringField(), required=False, default=[])
    free = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001 -- import-linter's signature
        output.verbose_print(verbose, "Looking for apps that enter others beside their doors…")
        beside: list[tuple[str, str, int]] = []
        inside = f"{self.root}."
        for importer in sorted(module for module in graph.modules if module.startswith(inside)):
            own = importer.split(".")[1]
            if own in self.free:
                continue
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                if not imported.startswith(inside):
                    continue
                parts = imported.split(".")
                if parts[1] == own or parts[1] in self.open or (len(parts) > 2 and parts[2] in self.doors):
                    continue
                details = graph.get_import_details(importer=importer, imported=imported)
                beside.append((importer, imported, details[0]["line_number"] if details else 0))
        return ContractCheck(kept=not beside, metadata={"beside": beside})

    def render_broken_contract(self, check: Any) -> None:
        for importer, imported, line in check.metadata["beside"]:
            app = ".".join(imported.split(".")[:2])
            output.print_error(
                f"{importer} (line {line}) imports {imported}. Use {app}.api, or have it exported there."
            )
