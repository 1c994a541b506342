"""What pages are kept by: a number that grows with every change they may show.

Each backend counts in a row of its own, so that no transaction waits for another here; the sum of
what is visible grows with every commit and never falls. Changes of a member's private texts
(drafts, skips, read marks) count in her scope, all others in the lab's, which is 0.
"""

from django.db import migrations

LAB = """
    absence agendaitem claim comment commentrevision critiquepoint critiquequestion digestissue
    event experiment experimentlink follow guidingquestion handover identifier lab link listing
    meeting meetingaction meetingseries minutesrevision nomination paper prediction presenterswap
    review review_contributors reviewrevision savedsearch searchdoc topic verdictvote vote
""".split()
OWN = ["readmark", "reviewdraft", "skip"]
MEMBER = "handle, name, email, role, state, bio, is_active, is_superuser"
"""A visit, a sign-in and the number at the bell change nothing that others see."""

FUNCTIONS = """
CREATE TABLE papers_change (
    scope bigint NOT NULL, backend integer NOT NULL, changes bigint NOT NULL,
    PRIMARY KEY (scope, backend)
) WITH (fillfactor = 50);

CREATE FUNCTION papers_count_change(whose bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO papers_change AS change VALUES (whose, pg_backend_pid(), 1)
    ON CONFLICT (scope, backend) DO UPDATE SET changes = change.changes + 1
$$;

-- Once in a transaction is enough; a savepoint that is taken back takes the note back too.
CREATE FUNCTION papers_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('reviewapp.changed', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        PERFORM papers_count_change(0);
        PERFORM set_config('reviewapp.changed', pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION papers_note_own_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        PERFORM papers_count_change(NEW.member_id);
    END IF;
    IF TG_OP <> 'INSERT' AND (TG_OP = 'DELETE' OR NEW.member_id <> OLD.member_id) THEN
        PERFORM papers_count_change(OLD.member_id);
    END IF;
    RETURN NULL;
END $$;
"""
BACK = """
DROP FUNCTION papers_note_change() CASCADE;
DROP FUNCTION papers_note_own_change() CASCADE;
DROP FUNCTION papers_count_change(bigint);
DROP TABLE papers_change;
"""


def _write_trigger(table: str, when: str, kind: str, function: str) -> str:
    return (
        f"CREATE TRIGGER note_{kind} AFTER {when} ON papers_{table} "
        f"FOR EACH {'ROW' if kind == 'own' else 'STATEMENT'} EXECUTE FUNCTION {function}();"
    )


TRIGGERS = [
    *(
        _write_trigger(
            table, "INSERT OR UPDATE OR DELETE OR TRUNCATE", "change", "papers_note_change"
        )
        for table in LAB
    ),
    _write_trigger(
        "member",
        f"INSERT OR UPDATE OF {MEMBER} OR DELETE OR TRUNCATE",
        "change",
        "papers_note_change",
    ),
    *(
        _write_trigger(table, "INSERT OR UPDATE OR DELETE", "own", "papers_note_own_change")
        for table in OWN
    ),
    *(_write_trigger(table, "TRUNCATE", "change", "papers_note_change") for table in OWN),
]


class Migration(migrations.Migration):
    dependencies = [("papers", "0015_agenda_by_mail")]

    operations = [migrations.RunSQL([FUNCTIONS, *TRIGGERS], BACK)]
