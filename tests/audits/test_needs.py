

def test_under_a_contract_it_is_told_where_every_access_point_leads() -> None:
    """A contract makes none, so one at a bucket of its own is nobody's; whatever rules are asked for."""
    none = Selection(only=frozenset({"versioning-enabled"}))

    assert needs(Scope(declared(), none)).own["access_point"] == {"bucket"}
    assert "access_point" not in needs(Scope(selection=none)).kinds
