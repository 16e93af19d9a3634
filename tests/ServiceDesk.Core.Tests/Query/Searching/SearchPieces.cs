using FsCheck;
using FsCheck.Fluent;

namespace ServiceDesk.Core.Tests.Query.Searching;

/// <summary>Random text of the pieces of which searches are made.</summary>
internal static class SearchPieces
{
    private static readonly string[] Pieces =
    [
        " ",
        " ",
        " ",
        "  ",
        "\n",
        "\"",
        "“",
        "”",
        "(",
        ")",
        "-",
        "--",
        "NOT ",
        "OR ",
        "AND ",
        ":",
        "：",
        "status:",
        "status:open",
        "is:",
        "is:open",
        "is:mine",
        "assignee:me",
        "from:kim",
        "from:\"Person 1\"",
        "담당자:ㄱㅁㅅ",
        "priority:high,low",
        "priority:>high",
        "created:>2026-01-01",
        "created:2026-01-01..2026-02-01",
        "created:오늘",
        "desk:ITSD",
        "asignee:kim",
        "error:timeout",
        ",",
        ">",
        "=",
        "!",
        "vpn",
        "전자결재",
        "打印",
        "\ud83d",
        "\ud83d\ude00",
        "\0",
        "e\u0301",
        "~",
        "\\",
        "'",
        "ORDER BY",
        "text ~ x",
    ];

    public static Gen<string> Texts() =>
        Gen.Elements(Pieces).ListOf().Select(string.Concat).Where(text => text.Length <= 900);
}
