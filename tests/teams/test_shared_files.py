"""Files that a chat names: in whose drive they lie, and what became of them."""

import pytest

from platforms.contract import Feed, Known
from platforms.errors import TransientError
from platforms.reasons import ReasonCode
from platforms.records import FileRef, FilesPage

INES = "ines.duarte@example.edu"


def shared(demo, number: int) -> tuple[FileRef, ...]:
    """A reference for every file of the chat, likeliest in its sender's drive."""
    return tuple(
        FileRef(a.url, owners=(m.sender.directory_id,), owner=m.sender.label)
        for m in demo.read(Feed.CHAT, number).all("messages")
        for a in m.attachments
    )


def read_files(demo, number: int, *refs: FileRef):
    return demo.read(Feed.SHARED_FILES, number, known=Known(files=refs))


def by_ids(file, **changes) -> FileRef:
    return FileRef(url=file.asked_by, drive_id=file.drive_id, item_id=file.item_id, **changes)


def test_the_files_of_a_chat(demo):
    refs = shared(demo, 46)
    read = read_files(demo, 46, *refs)
    found = [(file.name, file.size) for file in read.all("files")]
    assert sorted(set(found)) == [("method-notes.docx", 8192), ("reading-list.pdf", 24_000)]
    assert {file.asked_by for file in read.all("files")} == {ref.url for ref in refs}
    assert all(file.seconds is None and not file.is_in_folder for file in read.all("files"))
    assert (read.all("gone"), read.error) == ([], None)
    # Three drives and two files: the one that was shared twice is read once.
    assert len(demo.asked()) == len(set(demo.asked())) == 5


def test_the_same_reference_is_answered_once(demo):
    [ref] = shared(demo, 86)
    read = read_files(demo, 86, ref, ref)
    assert [file.size for file in read.all("files")] == [12_345]


def test_by_its_ids_a_renamed_file_is_found(demo):
    [ref] = shared(demo, 86)
    [file] = read_files(demo, 86, ref).all("files")
    demo.sandbox.change("rename_file", file=file.item_id, name="sheet five.pdf")
    assert read_files(demo, 86, ref).all("gone") == [ref]
    read = read_files(demo, 86, by_ids(file))
    [renamed] = read.all("files")
    assert (renamed.item_id, renamed.name) == (file.item_id, "sheet five.pdf")
    assert renamed.asked_by == ref.url
    assert len(demo.asked()) == 1


def test_what_was_deleted_is_gone_by_link_and_by_ids(demo):
    [ref] = shared(demo, 86)
    [file] = read_files(demo, 86, ref).all("files")
    demo.sandbox.change("remove_file", file=file.item_id)
    refs = (ref, by_ids(file))
    assert read_files(demo, 86, *refs).all("gone") == list(refs)


def test_a_locked_file_loses_no_other(demo):
    refs = (*shared(demo, 46), *shared(demo, 86))
    demo.sandbox.change("lock_file", file="reading-list.pdf")
    read = read_files(demo, 46, *refs)
    assert {file.name for file in read.all("files")} == {"method-notes.docx", "sheet-5.pdf"}
    assert isinstance(read.error, TransientError)
    assert read.error.reason is ReasonCode.LOCKED
    assert read.error.params == {"owner": "Mara Lindqvist"}
    assert read.all("gone") == []


def test_a_drive_that_refuses_loses_no_other(demo):
    refs = shared(demo, 46)
    demo.sandbox.change("set_drive", email="noor.haddad@example.edu", access="denied")
    read = read_files(demo, 46, *refs)
    assert {file.name for file in read.all("files")} == {"reading-list.pdf"}
    assert read.error.reason is ReasonCode.DRIVE_REFUSED
    assert read.error.params == {"owner": "Noor Haddad"}


def test_a_refusal_on_the_way_does_not_count_once_the_file_was_found(demo):
    [mine] = [ref for ref in shared(demo, 46) if "reading-list" in ref.url and "Mara" in ref.owner]
    ines = demo.sandbox.change("set_drive", email=INES, access="denied") and directory_id(demo)
    read = read_files(demo, 46, FileRef(mine.url, owners=(ines, *mine.owners)))
    assert ([file.name for file in read.all("files")], read.error) == (["reading-list.pdf"], None)


def directory_id(demo) -> str:
    """Ines's, as the chat knows it."""
    messages = demo.read(Feed.CHAT, 46).all("messages")
    return next(m.sender.directory_id for m in messages if m.sender and "Ines" in m.sender.label)


def test_of_the_organizers_drive_others_learn_nothing(demo):
    """Noor posts a path in Mara's OneDrive, which anybody could guess."""
    [noors] = shared(demo, 86)
    [url] = {ref.url for ref in shared(demo, 46) if "reading-list" in ref.url}
    read = read_files(demo, 86, FileRef(url, owners=noors.owners, owner=noors.owner))
    assert (read.pages, read.error) == ([], None)
    [asked] = demo.asked()
    assert asked.startswith(f"/v1.0/users/{noors.owners[0]}/drive")


def test_a_refused_file_by_ids_names_its_owner(demo):
    [ref] = shared(demo, 86)
    [file] = read_files(demo, 86, ref).all("files")
    demo.sandbox.change("set_drive", email="noor.haddad@example.edu", access="denied")
    error = read_files(demo, 86, by_ids(file, owner="Noor Haddad")).error
    assert (error.reason, error.params) == (ReasonCode.DRIVE_REFUSED, {"owner": "Noor Haddad"})


def test_a_file_in_nobodys_drive_is_left_out(demo):
    read = read_files(demo, 86, FileRef("https://example.sharepoint.com/sites/x/Docs/a.pdf"))
    assert (read.pages, read.error, demo.asked()) == ([], None, [])


def test_a_shared_folder_is_no_file(demo):
    [ref] = shared(demo, 86)
    read = read_files(demo, 86, FileRef(ref.url.rpartition("/")[0], owners=ref.owners))
    assert (read.pages, read.error) == ([], None)


def test_hostile_links_lead_nowhere(demo):
    refs = shared(demo, 97)
    drive = shared(demo, 86)[0]
    root = drive.url.partition("/Documents/")[0] + "/Documents"
    odd = [f"{root}/../../../users", f"{root}/%2e%2e/%2e%2e/users", f"{root}/a:/permissions", ""]
    read = read_files(demo, 97, *refs, *(FileRef(url, owners=drive.owners) for url in odd))
    assert len(refs) == 3
    assert (read.pages, read.error) == ([], None)
    assert all(path.endswith("/drive?$select=id%2CwebUrl") for path in demo.asked())


def test_a_name_that_the_vendor_does_not_take_is_left_out(demo):
    [ref] = shared(demo, 86)
    demo.sandbox.script(path="root:/", status=400)
    read = read_files(demo, 86, ref)
    assert (read.pages, read.error) == ([], None)


def test_many_files_come_in_pages(demo):
    [ref] = shared(demo, 86)
    gone = tuple(
        FileRef(f"{ref.url}.{number}", owners=ref.owners, owner=ref.owner) for number in range(70)
    )
    read = read_files(demo, 86, *gone, ref)
    assert all(isinstance(page, FilesPage) for page in read.pages)
    assert [(len(p.files), len(p.gone)) for p in read.pages] == [(0, 50), (1, 20)]
    assert len(demo.asked()) == 1 + 71


@pytest.mark.parametrize("status", [500, 404])
def test_a_fault_of_the_vendor_is_not_taken_for_an_absence(demo, status):
    [ref] = shared(demo, 86)
    demo.sandbox.script(path="root:/", status=status)
    read = read_files(demo, 86, ref)
    assert read.all("gone") == ([ref] if status == 404 else [])
    assert (read.error is None) == (status == 404)
