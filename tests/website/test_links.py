"""Every link inside the site leads somewhere."""

from pathlib import Path

from built_site import Site

from website.links import broken_links


def test_no_link_of_the_site_is_broken(site: Site) -> None:
    assert broken_links(site.html) == []


def test_broken_links_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<p id="here"></p><a href="#here"></a><a href="b.html#gone"></a><a href="c.html"></a>'
        '<a href="https://example.org/x"></a><img src="data:image/png;base64,AAAA">'
    )
    (tmp_path / "b.html").write_text('<a href="a.html#here"></a><img src="b.png?v=1">')
    assert broken_links(tmp_path) == [
        "a.html links to b.html#gone, but that page has no such place",
        "a.html links to c.html, but there is no such file",
        "b.html links to b.png?v=1, but there is no such file",
    ]
