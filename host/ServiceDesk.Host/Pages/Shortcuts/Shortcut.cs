namespace ServiceDesk.Host.Pages.Shortcuts;

/// <summary>Something that one key does in the workspace. Scripts know each by its id.</summary>
/// <param name="Id">Its id; its words are <c>shortcuts.do-ID</c>.</param>
/// <param name="Key">The key that it has when nobody chose another.</param>
public sealed record Shortcut(string Id, string Key)
{
    /// <summary>All of them, as the sheet shows them.</summary>
    public static IReadOnlyList<Shortcut> All { get; } =
    [
        new("search", "/"),
        new("filter", "f"),
        new("new", "c"),
        new("next", "j"),
        new("previous", "k"),
        new("reply", "r"),
        new("note", "n"),
        new("status", "s"),
        new("edit", "e"),
        new("watch", "w"),
        new("select", "x"),
        new("priority", "p"),
        new("assign", "a"),
    ];

    /// <summary>Keys that one can choose: letters and digits, and what lies beside them on every keyboard. The question mark shows the sheet.</summary>
    public static IReadOnlyList<string> Keys { get; } =
    [.. "abcdefghijklmnopqrstuvwxyz0123456789/.,".Select(key => key.ToString())];
}

/// <summary>A person's shortcuts.</summary>
/// <param name="AreOn">Whether single keys do anything.</param>
/// <param name="Keys">The key of each by its id; empty for none.</param>
public sealed record ShortcutChoice(bool AreOn, IReadOnlyDictionary<string, string> Keys)
{
    /// <summary>As they are when nobody chose.</summary>
    public static ShortcutChoice Usual { get; } =
        new(true, Shortcut.All.ToDictionary(one => one.Id, one => one.Key, StringComparer.Ordinal));

    /// <summary>Ids of those whose key another one before them has too.</summary>
    public IReadOnlyList<string> Doubled =>
        [
            .. Shortcut
                .All.Where(one => Keys[one.Id].Length > 0)
                .GroupBy(one => Keys[one.Id], StringComparer.Ordinal)
                .SelectMany(same => same.Skip(1))
                .Select(one => one.Id),
        ];
}
