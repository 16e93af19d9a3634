using ServiceDesk.Core.Json;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Search;

namespace ServiceDesk.Storage.Log;

/// <summary>A commit with everything computed that needs no database, so that the one who writes for all has little to do.</summary>
internal sealed class PreparedCommit
{
    private readonly TicketCommit commit;
    private readonly string[] payloads;
    private readonly string[] names;
    private readonly TicketProjection rows;

    /// <exception cref="ArgumentException">The events do not lead from the expected version to the ticket.</exception>
    public PreparedCommit(TicketCommit commit, EventCatalog catalog, SnapshotJson json, TicketExtensions extensions)
    {
        this.commit = commit;
        Catalog = catalog;
        CheckVersions(commit);
        names = [.. commit.Events.Select(e => catalog.NameOf(e.Event))];
        payloads = [.. commit.Events.Select(e => catalog.Write(e.Event))];
        Snapshot = json.Write(commit.After);
        rows = new TicketProjection(commit.After, extensions);
        Changes = [.. SearchableChanges.Of(commit.Before, commit.Events).Select(TicketProjection.ChangeValues)];
        Bytes = Snapshot.Length + payloads.Sum(payload => payload.Length);
    }

    public EventCatalog Catalog { get; }

    public long Ticket => commit.After.State.Id.Value;

    public long ExpectedVersion => commit.ExpectedVersion;

    public long Version => commit.After.State.Version;

    public bool IsNew => commit.ExpectedVersion == 0;

    public string? IdempotencyKey => commit.IdempotencyKey;

    public TicketCommit Commit => commit;

    /// <summary>The external id, when this commit is the one that takes it on a desk.</summary>
    public (string Desk, string Id)? TakesExternalId =>
        commit.After.State.ExternalId is { } id && commit.Events.Any(e => e.Event is TicketOpened or TicketMoved)
            ? (commit.After.State.Desk, id)
            : null;

    public string Snapshot { get; }

    /// <summary>Roughly how much is written.</summary>
    public int Bytes { get; }

    public TicketProjection Rows => rows;

    /// <summary>The rows of the changes that the events bring.</summary>
    public object?[][] Changes { get; }

    public int EventCount => names.Length;

    /// <summary>The values of an event's row.</summary>
    public object?[] EventValues(int index, long position)
    {
        var e = commit.Events[index];
        return
        [
            position,
            Ticket,
            e.Version,
            names[index],
            payloads[index],
            e.At.ToUnixTimeTicks(),
            (int)e.Actor.Kind,
            e.Actor.Person?.Value,
            e.Actor.Name,
            e.ConfigurationRevision,
            e.Cause,
            e.Depth,
        ];
    }

    /// <summary>Texts that the events added or changed, and the ids of those that went.</summary>
    public (IReadOnlyList<TicketTextRow> Texts, IReadOnlyList<long> Removed) Texts()
    {
        var texts = commit.Events.SelectMany(e => SearchableText.Of(e.Event)).ToList();
        var removed = new List<long>();
        if (IsNew || commit.Events.Any(e => e.Event is TextEdited or TextRedacted))
        {
            var own = SearchableText.Of(commit.After.State).ToList();
            texts.AddRange(own);
            if (!IsNew && own.TrueForAll(text => text.Part != TextPart.Description))
            {
                removed.Add(TextIds.Of(Ticket, TextPart.Description, 0, Visibility.Public));
            }
        }

        return ([.. texts.Select(text => TextIds.Row(commit.After.State.Id, text))], removed);
    }

    private static void CheckVersions(TicketCommit commit)
    {
        var expected = commit.ExpectedVersion;
        if ((commit.Before?.Version ?? 0) != expected)
        {
            throw new ArgumentException("The ticket before the events is not that of the version.", nameof(commit));
        }

        foreach (var e in commit.Events)
        {
            if (e.Version != ++expected || e.Ticket != commit.After.State.Id)
            {
                throw new ArgumentException($"Event {e.Version} of ticket {e.Ticket} does not follow.", nameof(commit));
            }
        }

        if (commit.Events.Count == 0 || commit.After.State.Version != expected)
        {
            throw new ArgumentException("The events do not lead to the ticket.", nameof(commit));
        }
    }
}
