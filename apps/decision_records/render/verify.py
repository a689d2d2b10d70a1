"""Check a proof bundle of a decision record of the Joint Committee, without a network and without the site.

    python verify.py bundle.zip            the file as it was downloaded
    python verify.py [FOLDER]              the unpacked folder; without a name, the one this program lies in
    --key FILE|HEX                         the public key as you got it elsewhere; may be given more than once

Needs Python 3.9 or newer and the library `cryptography`. Ends with 0 when everything is right, else with 1.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    sys.exit("This program needs the library cryptography: python -m pip install cryptography")

MANIFEST, MANIFEST_SIGNATURE = "manifest.json", "manifest.sig.json"
RECORD, RECORD_SIGNATURE, KEYS = "record.json", "record.sig.json", "keys.json"
LARGEST = 1024 * 1024 * 1024
Files = dict[str, bytes]


class Wrong(Exception):
    """Which file is wrong, and how, where no further check makes sense."""


def digest(content: bytes) -> str:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def read(place: Path) -> Files:
    """Every file of a bundle by its path. Raises Wrong for what cannot be read, and for every trick of names."""
    if place.is_dir():
        return read_folder(place)
    if not place.exists():
        raise Wrong(f"{place}: there is no such file or folder")
    try:
        with zipfile.ZipFile(place) as bundle:
            return read_zip(bundle)
    except Wrong:
        raise
    except Exception as error:  # noqa: BLE001 # reason: a damaged ZIP file makes its reader raise almost anything
        raise Wrong(f"{place.name}: cannot be read as a ZIP file: {error}") from None


def read_zip(bundle: zipfile.ZipFile) -> Files:
    """The files of a ZIP file. A name must not lead out of a folder, nor be read in two ways."""
    files: Files = {}
    if sum(entry.file_size for entry in bundle.infolist()) > LARGEST:
        raise Wrong("the bundle is larger than any proof bundle")
    for entry in bundle.infolist():
        name = entry.orig_filename
        plain = name.isascii() and name.isprintable() and "\\" not in name and ":" not in name
        if not plain or any(part in {"", ".", ".."} for part in name.split("/")):
            raise Wrong(f"{name!r}: is no name for a file of a proof bundle")
        if name in files:
            raise Wrong(f"{name}: is in the bundle twice")
        if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 0x1:
            raise Wrong(f"{name}: is packed in a way that no proof bundle uses")
        files[name] = bundle.read(entry)
    return files


def read_folder(folder: Path) -> Files:
    """The files below a folder."""
    files: Files = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            raise Wrong(f"{name}: is a link; a proof bundle holds files alone")
        files |= {name: path.read_bytes()} if path.is_file() else {}
    return files


def canonical(value: Any) -> bytes:
    """Canonical JSON (RFC 8785) of texts, whole numbers, yes and no; records hold nothing else."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def parsed(files: Files, name: str) -> Any:
    """What a JSON file says. Raises Wrong unless it is there and its bytes are the canonical ones."""
    if name not in files:
        raise Wrong(f"{name}: is missing")
    try:
        value = json.loads(files[name].decode("utf-8"))
        same = canonical(value) == files[name]
    except (ValueError, RecursionError):
        raise Wrong(f"{name}: is no JSON") from None
    if not same:
        raise Wrong(f"{name}: is not canonical JSON: it was changed")
    return value


def unhex(text: str) -> bytes:
    """Bytes written in one way only: small hexadecimal digits. Raises ValueError for any other."""
    if text != bytes.fromhex(text).hex():
        raise ValueError(text)
    return bytes.fromhex(text)


def public_keys(files: Files) -> dict[str, Ed25519PublicKey]:
    """The keys that the bundle names, each under the name that follows from it."""
    keys = {}
    for entry in parsed(files, KEYS):
        try:
            raw = unhex(entry["public_key"])
            keys[entry["key_id"]] = Ed25519PublicKey.from_public_bytes(raw)
        except (KeyError, TypeError, ValueError):
            raise Wrong(f"{KEYS}: holds what is no key") from None
        if entry["key_id"] != digest(raw)[:16]:
            raise Wrong(f"{KEYS}: {entry['key_id']} is not the name of that key")
    return keys


def check_signature(files: Files, name: str, signature: str, keys: dict[str, Ed25519PublicKey]) -> str:
    """The name of the key that has signed a file. Raises Wrong when none has."""
    said, content = parsed(files, signature), files.get(name)
    if content is None:
        raise Wrong(f"{name}: is missing")
    if set(said) != {"algorithm", "key_id", "sha256", "signature"} or said["algorithm"] != "Ed25519":
        raise Wrong(f"{signature}: is no Ed25519 signature")
    if said["key_id"] not in keys:
        raise Wrong(f"{signature}: names the key {said['key_id']}, which is not in {KEYS}")
    same = said["sha256"] == digest(content)
    try:
        keys[said["key_id"]].verify(unhex(said["signature"]), content)
    except (InvalidSignature, ValueError):
        raise Wrong(f"{signature if same else name}: was changed: the signature does not fit") from None
    if not same:
        raise Wrong(f"{signature}: was changed: its hash is not that of {name}")
    return str(said["key_id"])


def check_manifest(files: Files) -> list[str]:
    """What is wrong with the list of files: every changed, missing and extra one, by name."""
    listed = {entry["path"]: entry for entry in parsed(files, MANIFEST)["files"]}
    own = {MANIFEST, MANIFEST_SIGNATURE}
    wrong = [f"{name}: is missing" for name in sorted(set(listed) - set(files))]
    wrong += [f"{name}: does not belong to this bundle" for name in sorted(set(files) - set(listed) - own)]
    for name in sorted(set(listed) & set(files)):
        if digest(files[name]) != listed[name]["sha256"] or str(len(files[name])) != listed[name]["size"]:
            wrong.append(f"{name}: was changed")
    return wrong


def check_record(files: Files, record: dict[str, Any], counts: dict[str, int]) -> list[str]:
    """What is wrong with positions and documents, against the hashes in the signed record."""
    wrong: list[str] = []
    known: set[str] = set()
    for position in (one for item in record["items"] for one in item.get("positions", ())):
        content = canonical({name: value for name, value in position.items() if name not in {"file", "sha256"}})
        known.add(position["file"])
        counts["positions"] += 1
        if position["sha256"] != digest(content):
            wrong.append(f"{RECORD}: position {position['number']} does not have the hash that stands beside it")
        elif files.get(position["file"]) != content:
            wrong.append(f"{position['file']}: is not what the record says")
    for document in documents(record):
        path = next((name for name in sorted(files) if name.startswith(f"documents/{document['sha256']}")), "")
        known.add(path)
        counts["documents" if path else "by hash only"] += 1
        if not path and document["public"]:
            wrong.append(f"documents/{document['sha256']}: a public document of the record is missing")
        elif path and digest(files[path]) != document["sha256"]:
            wrong.append(f"{path}: is not what the record says")
    parts = [name for name in sorted(files) if name.startswith(("positions/", "documents/"))]
    return wrong + [f"{name}: the record knows nothing of it" for name in parts if name not in known]


def documents(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Every document that a record names, once."""
    found = {}
    for item in record["items"]:
        scans = [one["on_paper"].get("scan") for one in item.get("positions", ()) if "on_paper" in one]
        for document in (*item.get("documents", ()), *(scan for scan in scans if scan)):
            if document["public"] or document["sha256"] not in found:
                found[document["sha256"]] = document
    return list(found.values())


def trusted(given: list[str]) -> set[str]:
    """The names of the keys that were given by hand: as hexadecimal digits, or as a file that holds them."""
    found = set()
    for one in given:
        text = Path(one).read_text(encoding="utf-8") if Path(one).is_file() else one
        known = json.loads(text) if text.lstrip().startswith(("{", "[")) else {"public_key": text.strip()}
        for entry in known if isinstance(known, list) else [known]:
            raw = bytes.fromhex(entry["public_key"])
            Ed25519PublicKey.from_public_bytes(raw)
            found.add(digest(raw)[:16])
    return found


def check(files: Files, given: set[str]) -> tuple[list[str], list[str]]:
    """What is wrong with a bundle, and what is to be said of a good one."""
    keys = public_keys(files)
    signers = [check_signature(files, MANIFEST, MANIFEST_SIGNATURE, keys)]
    if wrong := check_manifest(files):
        return wrong, []
    signers.append(check_signature(files, RECORD, RECORD_SIGNATURE, keys))
    manifest, record = parsed(files, MANIFEST), parsed(files, RECORD)
    counts = {"positions": 0, "documents": 0, "by hash only": 0}
    wrong = check_record(files, record, counts)
    if manifest["record_sha256"] != digest(files[RECORD]):
        wrong.append(f"{MANIFEST}: is of another record")
    if given and set(signers) - given:
        wrong.append(f"{KEYS}: {', '.join(sorted(set(signers) - given))} is not the key that you gave")
    name = " supplement ".join(str(part) for part in (record["number"], record["supplement"]) if part)
    told = [f"valid: {name}", f"record  {digest(files[RECORD])}", f"key     {signers[1]}"]
    told.append(f"items {len(record['items'])}, positions {counts['positions']}, documents {counts['documents']}")
    if counts["by hash only"]:
        told.append(f"by hash only, confidential: {counts['by hash only']}")
    own = "The key is the bundle's own. Compare it with the one published by the site, or give that with --key."
    return wrong, [*told, "The key is the one that you gave." if given else own]


def main(arguments: list[str]) -> int:
    """Check what is named, print what was found, and return 0 or 1."""
    parser = argparse.ArgumentParser(description="Check a proof bundle of a decision record.")
    parser.add_argument("bundle", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--key", action="append", default=[], metavar="FILE|HEX", help="the public key, got elsewhere")
    options = parser.parse_args(arguments)
    try:
        given = trusted(options.key)
    except (OSError, ValueError, KeyError, TypeError):
        print("INVALID\n--key: this is no public key: give 64 hexadecimal digits, or a file that holds them")
        return 1
    try:
        wrong, told = check(read(options.bundle), given)
    except Wrong as problem:
        wrong, told = [str(problem)], []
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        wrong, told = [f"the bundle is not made as a proof bundle is: {type(error).__name__} at {error}"], []
    print("\n".join(["INVALID", *wrong] if wrong else told))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
