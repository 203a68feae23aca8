"""The files of S3's objects before S3 itself is loaded, which reads them then."""

import json
import os

KIND = "files"
TEMPORARY = ".tmp"
DESCRIPTION = ".meta.json"
VERSIONS = ".versions"


def redo(root, record):
    """Ends what a hard end interrupted between the journal and the renaming."""
    for beside, path in record[1]:
        if os.path.exists(os.path.join(root, beside)):
            os.replace(os.path.join(root, beside), os.path.join(root, path))


def sweep(root):
    """Removes what was being written when the process ended: nobody was told that it is stored."""
    for folder, _, names in os.walk(root):
        for name in names:
            if name.endswith(TEMPORARY):
                os.remove(os.path.join(folder, name))


def damaged(root):
    """Files of objects that do not have the size that their description names, or whose description cannot be read."""
    for folder, folders, names in os.walk(root):
        if VERSIONS in folders:
            folders.remove(VERSIONS)
        for name in names:
            path = os.path.join(folder, name.removesuffix(DESCRIPTION))
            if name.endswith(DESCRIPTION) and not _fits(path):
                yield path


def _fits(path):
    try:
        with open(path + DESCRIPTION, "rb") as file:
            described = json.load(file)
    except ValueError:
        return False
    if described.get("is_delete_marker") or "size" not in described or not os.path.exists(path):
        return True  # a marker, or an object whose deletion was under way
    return os.path.getsize(path) == described["size"]
