"""What each address answers to each role: the table, and how it is read.

    login   sent to a login page, which leads back
    done    something was changed, and the browser is sent on (302)
    302     sent on, nothing was changed
    other   the status; nothing was changed

`*` are the methods that have no line of their own. Administrators are those of the site,
observers are staff with the one permission to view conferences.
"""

from tests.access.world import ROLES

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
REFUSALS = {"login", "403", "404", "405"}

#                           anon. strng learn elsew instr obser admin
TABLE = """
/
    *                       302   302   302   302   302   302   302
/login/
    POST                    done  done  done  done  done  done  done
    PATCH DELETE            405   405   405   405   405   405   405
    *                       200   200   200   200   200   200   200
/logout/
    POST                    302   302   302   302   302   302   302
    OPTIONS                 200   200   200   200   200   200   200
    *                       405   405   405   405   405   405   405
/conferences/
    GET                     login 200   200   200   200   200   200
    *                       login 405   405   405   405   405   405
/conferences/new/
    GET                     login 403   403   200   200   403   200
    POST                    login 403   403   done  done  403   done
    *                       login 405   405   405   405   405   405
/conferences/<pk>/
    GET                     login 404   200   404   200   200   200
    *                       login 405   405   405   405   405   405
/conferences/<pk>/edit/
    GET                     login 404   403   404   200   403   200
    POST                    login 404   403   404   done  403   done
    *                       login 405   405   405   405   405   405
/conferences/<pk>/archive/
    POST                    login 404   403   404   done  403   done
    *                       login 405   405   405   405   405   405
/conferences/<pk>/roster/
    GET                     login 404   403   404   200   200   200
    POST                    login 404   403   404   done  403   done
    *                       login 405   405   405   405   405   405
/conferences/<pk>/roster/file/
    GET                     login 404   403   404   200   403   200
    POST                    login 404   403   404   done  403   done
    *                       login 405   405   405   405   405   405
/conferences/<pk>/roster/<member_pk>/
    POST                    login 404   403   404   done  403   done
    *                       login 405   405   405   405   405   405
/conferences/<pk>/slots/<slot_pk>/booking/
    POST                    login 404   302   404   403   403   403
    *                       login 405   405   405   405   405   405
/conferences/<pk>/calendar.ics
    GET                     login 404   200   404   200   200   200
    *                       login 405   405   405   405   405   405
/conferences/<pk>/slots/
    GET                     login 404   403   404   200   200   200
    *                       login 405   405   405   405   405   405
/conferences/<pk>/slots/new/
    GET                     login 404   403   404   200   403   200
    POST                    login 404   403   404   done  403   done
    *                       login 405   405   405   405   405   405
/conferences/<pk>/slots/several/
    GET                     login 404   403   404   200   403   200
    POST                    login 404   403   404   done  403   done
    *                       login 405   405   405   405   405   405
/conferences/<pk>/slots/<slot_pk>/
    GET                     login 404   403   404   200   200   200
    POST                    login 404   403   404   done  403   done
    *                       login 405   405   405   405   405   405
/conferences/<pk>/slots/<slot_pk>/edit/
    GET                     login 404   403   404   200   403   200
    POST                    login 404   403   404   done  403   done
    *                       login 405   405   405   405   405   405
/conferences/<pk>/meeting/
    GET                     login 404   403   404   302   302   302
    POST                    login 404   403   404   302   403   302
    *                       login 405   405   405   405   405   405
/conferences/<pk>/slots/<slot_pk>/calendar.ics
    GET                     login 404   200   404   200   200   200
    *                       login 405   405   405   405   405   405
/conferences/<pk>/sync/
    POST                    login 404   403   404   done  403   done
    *                       login 405   405   405   405   405   405
/conferences/<pk>/sync/<run_pk>/
    GET                     login 404   403   404   200   200   200
    *                       login 405   405   405   405   405   405
/conferences/<pk>/guesses/
    GET                     login 404   403   404   200   200   200
    *                       login 405   405   405   405   405   405
/conferences/<pk>/guesses/<sitting_pk>/
    POST                    login 404   403   404   done  403   done
    *                       login 405   405   405   405   405   405
/conferences/<pk>/recordings/<recording_pk>/publish/
    POST                    login 404   403   404   done  403   done
    *                       login 405   405   405   405   405   405
/conferences/<pk>/recordings/files/<file_pk>/
    POST                    login 404   403   404   done  403   done
    *                       login 405   405   405   405   405   405
/calendar/
    GET                     login 200   200   200   200   200   200
    POST                    login done  done  done  done  done  done
    *                       login 405   405   405   405   405   405
/calendar/<token>.ics
    GET HEAD                200   200   200   200   200   200   200
    *                       405   405   405   405   405   405   405
/admin/
    *                       login login login login login 200   200
/admin/login/
    GET                     200   200   200   200   200   302   302
    POST                    done  done  done  done  done  done  done
    PATCH DELETE            405   405   405   405   405   405   405
    *                       200   200   200   200   200   200   200
/admin/logout/
    POST                    302   302   302   302   302   302   302
    OPTIONS                 302   302   302   302   302   200   200
    *                       302   302   302   302   302   405   405
/admin/password_change/
    POST                    login login login login login done  done
    PATCH DELETE            login login login login login 405   405
    *                       login login login login login 200   200
/admin/password_change/done/
    GET HEAD OPTIONS        login login login login login 200   200
    *                       login login login login login 405   405
/admin/autocomplete/
    GET HEAD                login login login login login 403   200
    OPTIONS                 login login login login login 200   200
    *                       login login login login login 405   405
/admin/jsi18n/
    GET HEAD OPTIONS        login login login login login 200   200
    *                       login login login login login 405   405
/admin/r/<content_type_id>/<object_id>/
    *                       login login login login login 302   302
/admin/auth/group/
    POST                    login login login login login 403   done
    *                       login login login login login 403   200
/admin/auth/group/add/
    POST                    login login login login login 403   done
    *                       login login login login login 403   200
/admin/auth/group/<object_id>/history/
    *                       login login login login login 403   200
/admin/auth/group/<object_id>/delete/
    POST                    login login login login login 403   done
    *                       login login login login login 403   200
/admin/auth/group/<object_id>/change/
    POST                    login login login login login 403   done
    *                       login login login login login 403   200
/admin/auth/group/<object_id>/
    *                       login login login login login 302   302
/admin/axes/accessattempt/
    POST                    login login login login login 403   done
    *                       login login login login login 403   200
/admin/axes/accessattempt/add/
    *                       login login login login login 403   403
/admin/axes/accessattempt/<object_id>/history/
    *                       login login login login login 403   200
/admin/axes/accessattempt/<object_id>/delete/
    POST                    login login login login login 403   done
    *                       login login login login login 403   200
/admin/axes/accessattempt/<object_id>/change/
    POST                    login login login login login 403   done
    *                       login login login login login 403   200
/admin/axes/accessattempt/<object_id>/
    *                       login login login login login 302   302
/admin/accounts/user/<id>/password/
    POST                    login login login login login 403   done
    *                       login login login login login 403   200
/admin/accounts/user/
    POST                    login login login login login 403   done
    *                       login login login login login 403   200
/admin/accounts/user/add/
    POST                    login login login login login 403   done
    *                       login login login login login 403   200
/admin/accounts/user/<object_id>/history/
    *                       login login login login login 403   200
/admin/accounts/user/<object_id>/delete/
    POST                    login login login login login 403   done
    *                       login login login login login 403   200
/admin/accounts/user/<object_id>/change/
    POST                    login login login login login 403   done
    *                       login login login login login 403   200
/admin/accounts/user/<object_id>/
    *                       login login login login login 302   302
/admin/accounts/auditentry/
    *                       login login login login login 403   200
/admin/accounts/auditentry/add/
    *                       login login login login login 403   403
/admin/accounts/auditentry/<object_id>/history/
    *                       login login login login login 403   200
/admin/accounts/auditentry/<object_id>/delete/
    *                       login login login login login 403   403
/admin/accounts/auditentry/<object_id>/change/
    POST                    login login login login login 403   403
    *                       login login login login login 403   200
/admin/accounts/auditentry/<object_id>/
    *                       login login login login login 302   302
/admin/conferences/conference/
    *                       login login login login login 200   200
/admin/conferences/conference/add/
    POST                    login login login login login 403   done
    *                       login login login login login 403   200
/admin/conferences/conference/repair/
    *                       login login login login login 403   302
/admin/conferences/conference/<object_id>/history/
    *                       login login login login login 200   200
/admin/conferences/conference/<object_id>/delete/
    *                       login login login login login 403   200
/admin/conferences/conference/<object_id>/change/
    POST                    login login login login login 403   done
    *                       login login login login login 200   200
/admin/conferences/conference/<object_id>/
    *                       login login login login login 302   302
/admin/conferences/recordingnotice/
    POST                    login login login login login 403   done
    *                       login login login login login 403   200
/admin/conferences/recordingnotice/add/
    *                       login login login login login 403   403
/admin/conferences/recordingnotice/<object_id>/history/
    *                       login login login login login 403   200
/admin/conferences/recordingnotice/<object_id>/delete/
    *                       login login login login login 403   403
/admin/conferences/recordingnotice/<object_id>/change/
    POST                    login login login login login 403   done
    *                       login login login login login 403   200
/admin/conferences/recordingnotice/<object_id>/
    *                       login login login login login 302   302
/admin/<app_label>/
    *                       login login login login login 200   200
/admin/<url>
    *                       login login login login login 404   404
"""


def read(table: str) -> dict[str, dict[str, dict[str, str]]]:
    """{route: {method: {role: answer}}}"""
    answers: dict[str, dict[str, dict[str, str]]] = {}
    for line in table.strip().splitlines():
        if line.startswith("/"):
            row = answers[line] = {}
            continue
        words = line.split()
        cells = dict(zip(ROLES, words[-len(ROLES) :], strict=True))
        for method in words[: -len(ROLES)]:
            row |= dict.fromkeys(set(METHODS) - row.keys() if method == "*" else {method}, cells)
    return answers


ANSWERS = read(TABLE)
