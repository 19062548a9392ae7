"""One atlas and one client for the tests of the pages; the documents are those of the store's tests."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "store"))


@pytest.fixture(scope="session")
def atlas_path(tmp_path_factory):
    from atlas_samples import sources

    from yanzhen.store import build_atlas

    path = tmp_path_factory.mktemp("web") / "atlas.sqlite"
    build_atlas(path, sources())
    return path


@pytest.fixture(scope="session")
def client(atlas_path):
    from fastapi.testclient import TestClient

    from yanzhen.serve.app import create_app

    return TestClient(create_app(atlas_path), raise_server_exceptions=False)
