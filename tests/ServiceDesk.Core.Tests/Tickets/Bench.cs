using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

/// <summary>A ticket on the workbench: commands go in, steps come out and are taken over, time is moved by hand.</summary>
internal sealed class Bench(TicketExtensions? extensions = null)
{
    public static readonly Instant Start = Instant.FromUtc(2026, 11, 23, 0, 0);
    public static readonly TicketKey Key = new("ITSD", 1);

    private readonly List<RecordedEvent> log = [];

    public TicketEngine Engine { get; } = new(extensions ?? TicketExtensions.None, new SlaFold(Matches), Matches);

    public IConfiguration Configuration { get; set; } = Company.Configuration;

    public DecisionFacts Facts { get; set; } = Company.Facts;

    public Instant Now { get; set; } = Start;

    public TicketSnapshot? Snapshot { get; private set; }

    public TicketState Ticket => Snapshot!.State;

    public IReadOnlyList<RecordedEvent> Log => log;

    public static TicketReservation Reservation(string desk) => new(new TicketId(1), new TicketKey(desk, 1));

    /// <summary>Understands <c>name = value</c> for type, priority and status.</summary>
    public static bool Matches(string query, TicketSnapshot ticket, Instant now, IConfiguration configuration)
    {
        var parts = query.Split(" = ");
        var value = parts[0] switch
        {
            "type" => ticket.State.Type,
            "priority" => ticket.State.Priority.ToString().ToLowerInvariant(),
            "status" => ticket.State.Status,
            _ => null,
        };
        return query.Length == 0 || (parts.Length == 2 && value == parts[1]);
    }

    public static OpenTicket Opening(string type = "incident", string desk = "ITSD", Person? requester = null) =>
        new(
            desk,
            type,
            null,
            "Printer burns",
            "It *smokes*.",
            (requester ?? Company.Bora).Id,
            null,
            null,
            ValueMap<FieldValue>.Empty,
            Channel.Workspace
        );

    public static OpenTicket Asking(string requestType, string desk = "ITSD", Person? requester = null) =>
        Opening(desk: desk, requester: requester) with
        {
            Type = null,
            RequestType = requestType,
            Channel = Channel.Portal,
            Fields = requestType == "outage" ? Field("impact", new ChoiceValue("high")) : ValueMap<FieldValue>.Empty,
        };

    public static ValueMap<FieldValue> Field(string id, FieldValue value) =>
        ValueMap<FieldValue>.Empty.SetItem(id, value);

    public static ValueMap<FieldValue?> Change(string id, FieldValue? value) =>
        ValueMap<FieldValue?>.Empty.SetItem(id, value);

    public static AttachedFile File(long id = 1, string name = "smoke.png") =>
        new(id, name, "image/png", 10, new string('a', 64));

    public static TransitionTicket To(string status, string? resolution = null) =>
        new(status, resolution, ValueMap<FieldValue?>.Empty);

    public static CommandEnvelope By(Person person, TicketCommand command) =>
        new(command, Actor.Of(person.Id)) { Viewer = Company.ViewerOf(person) };

    public static CommandEnvelope ByProduct(TicketCommand command) => new(command, Actor.System);

    public static CommandEnvelope ByImporter(TicketCommand command, Instant? at = null) =>
        new(command, new Actor(ActorKind.Import, null, "servicenow")) { At = at };

    /// <summary>An open incident of Bora's on ITSD.</summary>
    public static Bench WithIncident(TicketExtensions? extensions = null)
    {
        var bench = new Bench(extensions);
        bench.Accept(By(Company.Alice, Opening()));
        return bench;
    }

    public Bench Hours(double hours)
    {
        Now += Duration.FromHours(hours);
        return this;
    }

    public TicketStep Send(CommandEnvelope envelope)
    {
        var desk = TicketEngine.DeskToReserve(Snapshot?.State, envelope.Command, Configuration);
        var reservation = desk is null ? null : Reservation(desk);
        var step = Engine.Step(Snapshot, envelope, Configuration, Now, reservation, Facts);
        Snapshot = step.After;
        log.AddRange(step.Events);
        return step;
    }

    /// <summary>What follows from a command that is accepted.</summary>
    public IReadOnlyList<TicketEvent> Accept(CommandEnvelope envelope)
    {
        var step = Send(envelope);
        Assert.Empty(step.Refusals);
        return [.. step.Events.Select(recorded => recorded.Event)];
    }

    public IReadOnlyList<TicketEvent> Accept(Person person, TicketCommand command) => Accept(By(person, command));

    /// <summary>The one reason for a no, which changes nothing.</summary>
    public Refusal Refuse(CommandEnvelope envelope)
    {
        var before = Snapshot;
        var step = Send(envelope);
        Assert.Empty(step.Events);
        Assert.Equal(before, step.After);
        return Assert.Single(step.Refusals);
    }

    public Refusal Refuse(Person person, TicketCommand command) => Refuse(By(person, command));
}
