using System.Globalization;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Macros;

namespace ServiceDesk.Host.Intake.Macros;

/// <summary>A macro that an agent may apply.</summary>
/// <param name="Reference">By which it is asked for: the id of its document, or <c>own:</c> and a number.</param>
/// <param name="Macro">What it does.</param>
/// <param name="IsOwn">Whether it is the agent's own.</param>
public sealed record OfferedMacro(string Reference, MacroDocument Macro, bool IsOwn);

/// <summary>The one way to macros, for pages and REST: which are offered on a ticket, and an agent's own ones.</summary>
public sealed class MacroDoor(IOwnMacros own, ICurrentConfiguration configuration, DocumentText text, MacroCheck check)
{
    /// <summary>Before the number of one of an agent's own, which no id of a document can begin with.</summary>
    public const string OwnPrefix = "own:";

    // An own macro is a document in all but its id, which is its number.
    private const string OwnId = "own";

    /// <summary>Those for a ticket that the viewer works on: the own first, then those of its desk. What moves to where its workflow does not lead is left out.</summary>
    public async Task<IReadOnlyList<OfferedMacro>> OfferedAsync(
        Viewer viewer,
        TicketState ticket,
        CancellationToken cancellation
    )
    {
        var snapshot = configuration.Snapshot;
        var workflow = snapshot.WorkflowOf(ticket.Type);
        var mine = (await OwnAsync(viewer, cancellation)).Where(offered =>
            offered.Macro.Enabled && Core.Automation.Macros.IsFor(offered.Macro, ticket.Desk)
        );
        var desks = Core
            .Automation.Macros.For(ticket.Desk, snapshot)
            .Select(macro => new OfferedMacro(macro.Id, macro, IsOwn: false));
        return [.. mine.Concat(desks).Where(offered => Core.Automation.Macros.Fits(offered.Macro, workflow))];
    }

    /// <summary>One of those; null when it is not offered there, is somebody else's, or is not there at all.</summary>
    public async Task<OfferedMacro?> FindAsync(
        Viewer viewer,
        TicketState ticket,
        string reference,
        CancellationToken cancellation
    )
    {
        var found =
            IdOf(reference) is { } id ? await FindOwnAsync(viewer, id, cancellation)
            : configuration.Snapshot.TryGet<MacroDocument>(reference, out var macro)
                ? new OfferedMacro(reference, macro, IsOwn: false)
            : null;
        return found is { Macro.Enabled: true } && Core.Automation.Macros.IsFor(found.Macro, ticket.Desk)
            ? found
            : null;
    }

    /// <summary>The viewer's own, in their order.</summary>
    public async Task<IReadOnlyList<OfferedMacro>> OwnAsync(Viewer viewer, CancellationToken cancellation) =>
        viewer.May(Permissions.WorkTickets)
            ? [.. (await own.OfAsync(viewer.Person.Id, cancellation)).Select(Offered)]
            : [];

    /// <summary>One of the viewer's own; null for none.</summary>
    public async Task<OfferedMacro?> FindOwnAsync(Viewer viewer, long id, CancellationToken cancellation) =>
        viewer.May(Permissions.WorkTickets) && await own.FindAsync(viewer.Person.Id, id, cancellation) is { } found
            ? Offered(found)
            : null;

    /// <summary>Adds one of the viewer's own, or changes it.</summary>
    /// <param name="id">The one to change; null adds one.</param>
    /// <returns>Its number; else what is wrong with it, or a refusal.</returns>
    public async Task<(long Id, IReadOnlyList<DocumentProblem> Problems, Refusal? Refusal)> SaveOwnAsync(
        Viewer viewer,
        long? id,
        MacroDocument macro,
        CancellationToken cancellation
    )
    {
        if (!viewer.May(Permissions.WorkTickets))
        {
            return (0, [], Unknown());
        }

        var json = text.ToJson(macro with { Id = OwnId });
        var reading = text.FromJson(DocumentKinds.Macro, json);
        IReadOnlyList<DocumentProblem> problems = reading.Document is MacroDocument read
            ? check.Problems(read, configuration.Snapshot)
            : reading.Problems;
        if (problems.Count > 0)
        {
            return (0, problems, null);
        }

        if (id is { } known)
        {
            return await own.ChangeAsync(viewer.Person.Id, known, json, cancellation)
                ? (known, [], null)
                : (0, [], Unknown());
        }

        return await own.AddAsync(viewer.Person.Id, json, cancellation) is { } added
            ? (added, [], null)
            : (0, [], Refusal.Conflict("macro.too-many", $"{IOwnMacros.Most}"));
    }

    /// <summary>Takes one of the viewer's own away; null when it is done, else why not.</summary>
    public async Task<Refusal?> RemoveOwnAsync(Viewer viewer, long id, CancellationToken cancellation) =>
        viewer.May(Permissions.WorkTickets) && await own.RemoveAsync(viewer.Person.Id, id, cancellation)
            ? null
            : Unknown();

    /// <summary>That there is no such macro, for this viewer.</summary>
    public static Refusal Unknown() => Refusal.NotFound("macro.unknown");

    /// <summary>The number of an own macro that a reference names; null for that of a document.</summary>
    public static long? IdOf(string reference) =>
        reference.StartsWith(OwnPrefix, StringComparison.Ordinal)
            ? long.TryParse(
                reference.AsSpan(OwnPrefix.Length),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var id
            )
                ? id
                : 0
            : null;

    private static OfferedMacro Offered(OwnMacro macro) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"{OwnPrefix}{macro.Id}"),
            (MacroDocument)DocumentText.FromStored(DocumentKinds.Macro, macro.Document),
            IsOwn: true
        );
}
