from django.db.migrations.operations.base import Operation


class AtOnce(Operation):
    """Several operations as one."""

    def __init__(self, operations):
        self.operations = operations

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)


class Unrendered(AtOnce):
    """Indexes, triggers and rules, added or removed as one operation.

    By itself each would have Django render all related models again, which takes most of the time of a migration;
    but no rendered model needs to know its indexes, triggers and rules, so that the state is told of them, and no more.
    """

    def state_forwards(self, app_label, state):
        rendered = vars(state).pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if rendered is not None:
            vars(state)["apps"] = rendered

    def describe(self):
        return f"Add and remove {len(self.operations)} indexes, triggers and rules"
