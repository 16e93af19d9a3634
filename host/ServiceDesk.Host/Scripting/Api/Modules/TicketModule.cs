using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Scripting.Api.Modules;

/// <summary>What a ticket can be asked to do: the commands, as its methods.</summary>
public sealed class TicketModule(
    TicketAnswers answers,
    ReferenceReader references,
    Approving approving,
    Branching branching,
    FileIntake intake,
    ICurrentConfiguration configuration,
    IClock clock
) : IHostModule
{
    private const string Name = "ticket";

    private static readonly ScriptParameter Key = new("key", ScriptType.TextUpTo(40));

    public string Type => "Ticket";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MakesAnother { get; } = ["split", "duplicate"];

    public ScriptModule Describe() =>
        new(
            Name,
            [
                Command(
                    "comment",
                    [new("text", ScriptType.Text)],
                    (call, _) => Done(new AddPublicComment(call.Text(1), []))
                ),
                Command(
                    "note",
                    [new("text", ScriptType.Text)],
                    (call, _) => Done(new AddInternalNote(call.Text(1), []))
                ),
                Command("edit", [new("changes", Changes)], EditAsync),
                Command("setPriority", [new("priority", Words.Priority)], (call, _) => Done(Priority(call))),
                Command(
                    "setOrganization",
                    [new("organization", Words.Organization.OrNull())],
                    async (call, cancellation) =>
                        new ChangeOrganization(
                            call.Argument(1) is { } organization
                                ? await references.OrganizationAsync(
                                    call.Viewer,
                                    organization,
                                    "organization",
                                    cancellation
                                )
                                : null
                        )
                ),
                Command(
                    "share",
                    [new("organization", Words.Organization)],
                    async (call, cancellation) => new ShareTicket(await OrganizationAsync(call, cancellation))
                ),
                Command(
                    "unshare",
                    [new("organization", Words.Organization)],
                    async (call, cancellation) => new UnshareTicket(await OrganizationAsync(call, cancellation))
                ),
                Command(
                    "assign",
                    [new("assignee", Words.Person.OrNull()), new("team", Words.Team, IsOptional: true)],
                    AssignAsync
                ),
                Command(
                    "transition",
                    [
                        new("to", ScriptType.TextUpTo(60)),
                        new(
                            "options",
                            ScriptType.ObjectOf(
                                new("resolution", ScriptType.TextUpTo(60), IsOptional: true),
                                new("fields", ScriptType.Any, IsOptional: true)
                            ),
                            IsOptional: true
                        ),
                    ],
                    TransitionAsync
                ),
                Command(
                    "reopen",
                    [new("reason", ScriptType.Text, IsOptional: true)],
                    (call, _) => Done(new ReopenTicket(call.Argument(1)?.GetString()))
                ),
                Command(
                    "addParticipants",
                    [new("people", ScriptType.ListOf(Words.Person))],
                    async (call, cancellation) => new AddParticipants(await PeopleAsync(call, cancellation))
                ),
                Command(
                    "removeParticipants",
                    [new("people", ScriptType.ListOf(Words.Person))],
                    async (call, cancellation) => new RemoveParticipants(await PeopleAsync(call, cancellation))
                ),
                Command(
                    "attach",
                    [
                        new("name", ScriptType.TextUpTo(255)),
                        new("text", ScriptType.Text),
                        new("internal", ScriptType.Flag, IsOptional: true),
                    ],
                    AttachAsync
                ),
                Command(
                    "callRule",
                    [new("rule", ScriptType.TextUpTo(60))],
                    (call, _) => Done(new CallRule(call.Text(1)))
                ),
                Command(
                    "watch",
                    [new("person", Words.Person), new("watch", ScriptType.Flag, IsOptional: true)],
                    async (call, cancellation) =>
                        new WatchTicket(
                            await references.PersonAsync(call.Viewer, call.Argument(1)!.Value, "person", cancellation),
                            call.Argument(2)?.GetBoolean() ?? true
                        )
                ),
                Command(
                    "move",
                    [
                        new("desk", ScriptType.TextUpTo(10)),
                        new("type", ScriptType.TextUpTo(60), IsOptional: true),
                        new("options", Branching.MoveOptions, IsOptional: true),
                    ],
                    branching.MoveAsync
                ),
                Describing.Function(
                    Name,
                    "split",
                    [Key, new("comment", ScriptType.Number), new("where", Branching.SplitOptions, IsOptional: true)],
                    ScriptType.Ticket,
                    branching.SplitAsync
                ),
                Describing.Function(
                    Name,
                    "duplicate",
                    [Key, new("options", Branching.CopyOptions, IsOptional: true)],
                    ScriptType.Ticket,
                    branching.DuplicateAsync
                ),
                Command("requestApproval", [new("request", Approving.Request)], approving.AskAsync),
                Command(
                    "withdrawApproval",
                    [new("approval", ScriptType.Number), new("reason", ScriptType.Text, IsOptional: true)],
                    (call, _) => Done(Approving.Withdraw(call))
                ),
                Describing.Function(Name, "approvals", [Key], ScriptType.ListOf(ScriptType.Any), approving.ListAsync),
                Command(
                    "merge",
                    [new("into", ScriptType.TextUpTo(40))],
                    async (call, cancellation) =>
                        new MergeTicket((await call.TicketAsync(call.Text(1), cancellation)).State.Key)
                ),
                Command(
                    "addTask",
                    [
                        new("text", ScriptType.TextUpTo(255)),
                        new("blocking", ScriptType.Flag, IsOptional: true),
                        new("assignee", Words.Person, IsOptional: true),
                    ],
                    async (call, cancellation) =>
                        new AddTask(
                            LocalizedText.Of(call.Text(1)),
                            call.Argument(2)?.GetBoolean() ?? false,
                            call.Argument(3) is { } doer
                                ? await references.PersonAsync(call.Viewer, doer, "assignee", cancellation)
                                : null
                        )
                ),
                Command(
                    "tickTask",
                    [new("task", ScriptType.Number), new("done", ScriptType.Flag, IsOptional: true)],
                    (call, _) => Done(new TickTask(Whole(call), call.Argument(2)?.GetBoolean() ?? true))
                ),
                Command("removeTask", [new("task", ScriptType.Number)], (call, _) => Done(new RemoveTask(Whole(call)))),
                Describing.Function(Name, "tasks", [Key], ScriptType.ListOf(ScriptType.Any), TasksAsync),
                Command("undoMerge", [], (_, _) => Done(new UndoMerge())),
                Describing.Function(Name, "promises", [Key], ScriptType.Any, PromisesAsync),
            ]
        );

    private static ScriptType Changes { get; } =
        ScriptType.ObjectOf(
            new("summary", ScriptType.TextUpTo(255), IsOptional: true),
            new("description", ScriptType.Text, IsOptional: true),
            new("labels", ScriptType.ListOf(ScriptType.TextUpTo(60)), IsOptional: true),
            new("fields", ScriptType.Any, IsOptional: true)
        );

    private ScriptFunction Command(
        string name,
        ValueList<ScriptParameter> parameters,
        Func<ScriptCall, CancellationToken, Task<TicketCommand>> command
    ) =>
        Describing.Function(
            Name,
            name,
            [Key, .. parameters],
            ScriptType.Ticket,
            async (call, cancellation) =>
            {
                var ticket = await call.TicketAsync(call.Text(0), cancellation);
                var after = await call.SendAsync(ticket, await command(call, cancellation), cancellation);
                return Describing.Shown(await answers.OfAsync(call.Viewer, after.State, cancellation));
            }
        );

    private static int Whole(ScriptCall call) =>
        call.Argument(1) is { } number && number.TryGetInt32(out var whole) ? whole : 0;

    private static Task<TicketCommand> Done(TicketCommand command) => Task.FromResult(command);

    private async Task<TicketCommand> EditAsync(ScriptCall call, CancellationToken cancellation)
    {
        var changes = call.Argument(1)!.Value;
        return new EditTicket(
            changes.TextOf("summary"),
            changes.TextOf("description"),
            changes.Find("fields") is { } fields ? await FieldsAsync(call, fields, cancellation) : null,
            changes.Find("labels") is { } labels
                ? labels.EnumerateArray().Select(label => label.GetString()!).ToValueList()
                : null
        );
    }

    private async Task<TicketCommand> TransitionAsync(ScriptCall call, CancellationToken cancellation)
    {
        var options = call.Argument(2);
        return new TransitionTicket(
            call.Text(1),
            options?.TextOf("resolution"),
            options?.Find("fields") is { } fields
                ? await FieldsAsync(call, fields, cancellation)
                : ValueMap<FieldValue?>.Empty
        );
    }

    private Task<ValueMap<FieldValue?>> FieldsAsync(
        ScriptCall call,
        JsonElement fields,
        CancellationToken cancellation
    ) => references.FieldsAsync(call, configuration.Snapshot, fields, cancellation);

    private static SetPriority Priority(ScriptCall call) => new(Words.PriorityOf(call.Text(1)));

    private async Task<TicketCommand> AssignAsync(ScriptCall call, CancellationToken cancellation)
    {
        PersonId? assignee = call.Argument(1) is { } person
            ? await references.PersonAsync(call.Viewer, person, "assignee", cancellation)
            : null;
        TeamId? team = call.Argument(2) is { } named
            ? await references.TeamAsync(call.Viewer, named, "team", cancellation)
            : (await call.TicketAsync(call.Text(0), cancellation)).State.Team;
        return new AssignTicket(assignee, team);
    }

    private Task<OrganizationId> OrganizationAsync(ScriptCall call, CancellationToken cancellation) =>
        references.OrganizationAsync(call.Viewer, call.Argument(1)!.Value, "organization", cancellation);

    private async Task<ValueList<PersonId>> PeopleAsync(ScriptCall call, CancellationToken cancellation)
    {
        var people = new List<PersonId>();
        foreach (var person in call.Argument(1)!.Value.EnumerateArray())
        {
            people.Add(await references.PersonAsync(call.Viewer, person, "people", cancellation));
        }

        return people.ToValueList();
    }

    // What is refused leaves a file that belongs to nobody, which goes after a day.
    private async Task<TicketCommand> AttachAsync(ScriptCall call, CancellationToken cancellation)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(call.Text(2)));
        var (file, refusal) = await intake.TakeAsync(content, call.Text(1), call.Viewer, cancellation);
        return file is null
            ? throw new ScriptRefusedException(refusal!)
            : new AttachFiles(
                [file.ToAttached()],
                call.Argument(3)?.GetBoolean() == true ? Visibility.Internal : Visibility.Public
            );
    }

    // For those who work on the ticket: its checklist.
    private static async Task<JsonNode?> TasksAsync(ScriptCall call, CancellationToken cancellation)
    {
        var ticket = await call.TicketAsync(call.Text(0), cancellation);
        return !call.Viewer.WorksOn(ticket.State.Desk)
            ? new JsonArray()
            : Describing.Shown(
                ticket.State.Tasks.Select(task => new
                {
                    task.Id,
                    Text = task.Text.In(call.Viewer.Person.Language),
                    Blocking = task.IsBlocking,
                    Done = task.IsDone,
                    Assignee = task.Assignee?.Value,
                    DueOn = task.DueOn is { } due ? NodaTime.Text.LocalDatePattern.Iso.Format(due) : null,
                })
            );
    }

    // For those who work on the ticket: what was promised and what is left.
    private async Task<JsonNode?> PromisesAsync(ScriptCall call, CancellationToken cancellation)
    {
        var ticket = await call.TicketAsync(call.Text(0), cancellation);
        if (!call.Viewer.WorksOn(ticket.State.Desk))
        {
            return new JsonArray();
        }

        var now = clock.GetCurrentInstant();
        var readings = ticket.Clocks.Select(one => ClockReading.Of(one, now, configuration.Snapshot));
        return Describing.Shown(
            readings.Select(reading => new
            {
                reading.Metric,
                reading.Cycle,
                reading.Status,
                reading.Verdict,
                ElapsedSeconds = (long)reading.Elapsed.TotalSeconds,
                RemainingSeconds = (long)reading.Remaining.TotalSeconds,
                reading.DueAt,
            })
        );
    }
}
