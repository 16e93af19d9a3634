using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Queries;

/// <summary>A text with the places in it that were looked for. The text is as people wrote it; whoever shows it encodes it.</summary>
/// <param name="Text">The text.</param>
/// <param name="Marks">The places, in order, apart from one another.</param>
public sealed record MarkedText(string Text, ValueList<TextMark> Marks);

/// <summary>A place in a text.</summary>
/// <param name="Start">Index of the first character.</param>
/// <param name="Length">Number of characters.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct TextMark(int Start, int Length);

/// <summary>A kind of things besides tickets that the search box finds, such as people or articles.</summary>
/// <param name="Id">Prefixed by the plugin's id: <c>knowledge.articles</c>. The API names the group so.</param>
/// <param name="NameKey">The text key of the group's heading.</param>
/// <param name="Icon">The icon in front of each hit.</param>
/// <param name="Order">Place among the groups, smaller first; people have 10, organizations 20.</param>
public sealed record SearchSourceDefinition(string Id, string NameKey, string Icon, int Order = 100)
{
    /// <summary>The permission that one needs to be shown the group; null for everybody who may search.</summary>
    public string? Permission { get; init; }

    /// <summary>Whether the portal's home suggests its hits too, while customers type what they need, before requests of their own; otherwise only the workspace shows them.</summary>
    public bool InPortal { get; init; }
}

/// <summary>What somebody looks for besides tickets.</summary>
/// <param name="Viewer">Who looks.</param>
/// <param name="Words">Folded words and phrases, as typed, each of which must be found; never none. Words with a colon, and what was excluded, are left out: they tell of tickets.</param>
/// <param name="Limit">How many hits at most.</param>
public sealed record SearchQuestion(Viewer Viewer, ValueList<string> Words, int Limit);

/// <summary>Something that was found. The host marks in title, detail and text what was looked for.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Address">Where it is, relative to the server: <c>/knowledge/articles/12</c>.</param>
public sealed record SearchHit(string Title, string Address)
{
    /// <summary>What tells it from others of the same name; null for nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>The text in which it was found, of which a part is shown; null for none.</summary>
    public string? Text { get; init; }
}

/// <summary>Finds the things of a <see cref="SearchSourceDefinition"/>. Made anew for each question, from a scope of its own.</summary>
public interface ISearchSource
{
    /// <summary>The best hits first, only what the viewer may see, decided in the database. It has 2 seconds; what throws or takes longer finds nothing, is counted, and the search tells that the group is missing.</summary>
    /// <exception cref="StorageUnavailableException">The database is out of reach.</exception>
    ValueTask<IReadOnlyList<SearchHit>> FindAsync(SearchQuestion question, CancellationToken cancellation);
}
