using ServiceDesk.Core.Access;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Grains;
using ServiceDesk.Host.Intake.Library;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Files;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Intake.Macros;

/// <summary>Why an action of a macro cannot be done.</summary>
/// <param name="Action">The action; null for all of them together.</param>
/// <param name="Refusal">The reason.</param>
public sealed record MacroRefusal(RuleAction? Action, Refusal Refusal);

/// <summary>What a macro would do to a ticket, or why it can do nothing.</summary>
/// <param name="Before">The ticket as it is.</param>
/// <param name="After">The ticket as it would be; null when it is refused.</param>
/// <param name="Events">What would be recorded.</param>
/// <param name="Commands">What would be sent, as one change.</param>
/// <param name="Refusals">Every reason against it.</param>
public sealed record MacroPlan(
    TicketSnapshot Before,
    TicketSnapshot? After,
    ValueList<RecordedEvent> Events,
    ValueList<TicketCommand> Commands,
    IReadOnlyList<MacroRefusal> Refusals
)
{
    /// <summary>Files of the library that go along. The commands name them as the library has them; what is sent has files of the ticket's own.</summary>
    public IReadOnlyList<LibraryFile> Files { get; init; } = [];

    /// <summary>What is written on the ticket, as it would be sent; null for nothing.</summary>
    public (Visibility Visibility, string Body)? Comment =>
        Commands.FirstOrDefault(command => command is AddPublicComment or AddInternalNote) switch
        {
            AddPublicComment comment => (Visibility.Public, comment.Body),
            AddInternalNote note => (Visibility.Internal, note.Body),
            _ => null,
        };
}

/// <summary>
/// Plans macros and applies them: each action on what those before it made, all of them sent as one change of the agent, with
/// the agent's rights. A plan decides and does not commit.
/// </summary>
public sealed class MacroRuns(
    RuleVocabulary vocabulary,
    RuleFactsSource facts,
    TicketDecisions decisions,
    ITicketStore store,
    ITicketGrains grains,
    WholeTickets wholes,
    LibraryDoor library,
    ICurrentConfiguration configuration
)
{
    private const int MostAttempts = 5;

    /// <summary>What the macro would do to the ticket now.</summary>
    /// <param name="text">What is written in place of the macro's text; empty writes nothing, null is the macro's.</param>
    public async Task<MacroPlan> PlanAsync(
        Viewer viewer,
        TicketSnapshot ticket,
        MacroDocument macro,
        string? text,
        CancellationToken cancellation
    )
    {
        var commands = new List<TicketCommand>();
        var refusals = new List<MacroRefusal>();
        var along = new List<LibraryFile>();
        // What is decided is decided about the whole ticket; what a text says of it is what its writer sees.
        ticket = await wholes.OfAsync(viewer, ticket, cancellation);
        var seen = ticket;
        foreach (var action in macro.Do)
        {
            var known = await facts.FindAsync([action], seen.State, cancellation);
            var snapshot = configuration.Snapshot;
            var shown = FieldSight.Shown(viewer, seen, snapshot);
            shown = shown with { State = FieldSight.Shown(viewer, shown.State, ticket.State.Status, snapshot) };
            var scene = new RuleScene(shown, configuration.Snapshot, known) { Agent = viewer.Person };
            var plan = RulePlanner.Plan(action, scene, vocabulary);
            refusals.AddRange(plan.Refusals.Select(refusal => new MacroRefusal(action, refusal)));
            var (files, gone) = await library.NamedAsync(viewer, seen.State.Desk, action.Files, cancellation);
            refusals.AddRange(gone.Select(name => new MacroRefusal(action, Refusal.Conflict("macro.file-gone", name))));
            along.AddRange(files);
            foreach (var command in Parts(With(plan.Command, action, files), text))
            {
                var step = await TryAsync(viewer, seen, command, cancellation);
                refusals.AddRange(step.Refusals.Select(refusal => new MacroRefusal(action, refusal)));
                commands.Add(command);
                seen = step.Refusals.Count == 0 ? step.After ?? seen : seen;
            }
        }

        if (refusals.Count > 0)
        {
            return new MacroPlan(ticket, null, [], commands.ToValueList(), refusals) { Files = along };
        }

        if (commands.Count == 0)
        {
            return Refused(ticket, Refusal.Conflict("macro.nothing"));
        }

        // Together, as it is sent: what holds between the parts is decided once more.
        var all = await TryAsync(viewer, ticket, new ChangeTicket(commands.ToValueList()), cancellation);
        return new MacroPlan(
            ticket,
            all.Refusals.Count == 0 ? all.After : null,
            all.Events,
            commands.ToValueList(),
            [.. all.Refusals.Select(refusal => new MacroRefusal(null, refusal))]
        )
        {
            Files = along,
        };
    }

    /// <summary>Applies the macro, or says why not; all of it or nothing.</summary>
    /// <param name="envelope">Who applies it; command and version are put in here.</param>
    /// <param name="version">The version of the ticket that was looked at; null takes the ticket as it is.</param>
    /// <returns>What was planned, and the grain's answer; null when it was refused before.</returns>
    public async Task<(MacroPlan Plan, GrainAnswer? Answer)> ApplyAsync(
        CommandEnvelope envelope,
        TicketId id,
        MacroDocument macro,
        string? text,
        long? version,
        CancellationToken cancellation
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            var ticket =
                await grains.GetAsync(id, cancellation) ?? throw new InvalidOperationException("The ticket is gone.");
            if (version is { } seen && seen != ticket.State.Version)
            {
                return (Refused(ticket, new Refusal(RefusalKind.Stale, RefusalCodes.VersionStale, [])), null);
            }

            var plan = await PlanAsync(envelope.Viewer!, ticket, macro, text, cancellation);
            if (plan.Refusals.Count > 0)
            {
                return (plan, null);
            }

            var (commands, gone) = await TakenAsync(envelope.Viewer!, plan, cancellation);
            if (gone is not null)
            {
                return (plan with { After = null, Refusals = [new MacroRefusal(null, gone)] }, null);
            }

            var command = envelope with
            {
                Command = new ChangeTicket(commands),
                ExpectedVersion = ticket.State.Version,
            };
            var answer = await grains.SendAsync(id, command, cancellation);
            // Another's change in between: what it does is planned anew, unless the agent has seen another ticket.
            var isStale = answer.Refusals.Any(refusal => refusal.Kind == RefusalKind.Stale);
            if (!isStale || version is not null || attempt == MostAttempts)
            {
                return (plan, answer);
            }
        }
    }

    private async Task<TicketStep> TryAsync(
        Viewer viewer,
        TicketSnapshot ticket,
        TicketCommand command,
        CancellationToken cancellation
    )
    {
        using var reserved = new Reserved(store);
        return await decisions.StepAsync(ticket, CommandEnvelope.By(viewer, command), reserved, cancellation);
    }

    // Beside the text; without one by themselves.
    private static TicketCommand? With(TicketCommand? command, RuleAction action, IReadOnlyList<LibraryFile> files)
    {
        var attached = files.Select(file => file.File.ToAttached()).ToValueList();
        return command switch
        {
            _ when attached.Count == 0 => command,
            AddPublicComment comment => comment with { Files = attached },
            AddInternalNote note => note with { Files = attached },
            _ => new AttachFiles(attached, action.Visibility ?? Visibility.Internal),
        };
    }

    // The ticket's own files, which stay whatever becomes of the library's.
    private async Task<(ValueList<TicketCommand> Commands, Refusal? Gone)> TakenAsync(
        Viewer viewer,
        MacroPlan plan,
        CancellationToken cancellation
    )
    {
        var taken = new Dictionary<long, AttachedFile>();
        foreach (var file in plan.Files)
        {
            if (await library.TakeAsync(viewer, file.Text.Desk, file.Id, cancellation) is not { } own)
            {
                return ([], Refusal.Conflict("macro.file-gone", file.Text.Name));
            }

            taken[file.File.Id] = own;
        }

        return (plan.Commands.Select(Own).ToValueList(), null);

        TicketCommand Own(TicketCommand command) =>
            command switch
            {
                AddPublicComment comment => comment with { Files = OwnFiles(comment.Files) },
                AddInternalNote note => note with { Files = OwnFiles(note.Files) },
                AttachFiles attach => attach with { Files = OwnFiles(attach.Files) },
                _ => command,
            };

        ValueList<AttachedFile> OwnFiles(ValueList<AttachedFile> files) =>
            files.Select(file => taken.GetValueOrDefault(file.Id, file)).ToValueList();
    }

    // One that a plugin made of several stands beside the others.
    private static IEnumerable<TicketCommand> Parts(TicketCommand? command, string? text) =>
        command switch
        {
            null => [],
            ChangeTicket change => change.Parts,
            AddPublicComment comment when IsEmpty(text) => Loose(comment.Files, Visibility.Public),
            AddInternalNote note when IsEmpty(text) => Loose(note.Files, Visibility.Internal),
            AddPublicComment comment => [comment with { Body = text ?? comment.Body }],
            AddInternalNote note => [note with { Body = text ?? note.Body }],
            _ => [command],
        };

    private static bool IsEmpty(string? text) => text is not null && string.IsNullOrWhiteSpace(text);

    private static IEnumerable<TicketCommand> Loose(ValueList<AttachedFile> files, Visibility visibility) =>
        files.Count == 0 ? [] : [new AttachFiles(files, visibility)];

    private static MacroPlan Refused(TicketSnapshot ticket, Refusal refusal) =>
        new(ticket, null, [], [], [new MacroRefusal(null, refusal)]);
}
