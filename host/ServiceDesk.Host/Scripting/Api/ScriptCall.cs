using System.Globalization;
using System.Text.Json;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Scripting.Api.Modules;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Scripting.Api;

/// <summary>A call with all that functions of the host need.</summary>
/// <param name="actor">As whom the run acts.</param>
/// <param name="number">1 for the first call of the run.</param>
/// <param name="arguments">What was given.</param>
/// <param name="door">Where commands go.</param>
/// <param name="queries">Where tickets are found.</param>
/// <param name="services">Services of this call alone.</param>
public sealed class ScriptCall(
    ScriptActor actor,
    int number,
    JsonElement arguments,
    ICommandDoor door,
    ITicketQueries queries,
    IServiceProvider services
) : IScriptCall
{
    private int commands;

    /// <summary>As whom the run acts.</summary>
    public ScriptActor Actor { get; } = actor;

    public Viewer Viewer => Actor.Viewer;

    public IServiceProvider Services { get; } = services;

    public JsonElement? Argument(int place) =>
        place < arguments.GetArrayLength() && arguments[place].ValueKind != JsonValueKind.Null
            ? arguments[place]
            : null;

    public string Text(int place) => Argument(place)?.GetString() ?? string.Empty;

    public ValueMap<FieldValue?> Fields(int place) =>
        Argument(place) is { } given
            ? Services.GetRequiredService<ICurrentConfiguration>().Snapshot.Fields(Viewer, given)
            : ValueMap<FieldValue?>.Empty;

    /// <summary>The ticket with a key, as this run left it; null when there is none or it must look so.</summary>
    public async Task<TicketSnapshot?> FindTicketAsync(string key, CancellationToken cancellation)
    {
        if (!TicketKey.TryParse(key, out var parsed))
        {
            return null;
        }

        var ticket = await queries.FindByKeyAsync(Viewer, parsed, cancellation) is { } found
            ? door.Left(found.State.Id) ?? found
            : door.Opened(parsed);
        return ticket is null ? null : Shown(ticket);
    }

    public async Task<TicketSnapshot> TicketAsync(string key, CancellationToken cancellation) =>
        await FindTicketAsync(key, cancellation)
        ?? throw new ScriptRefusedException(Refusal.NotFound("refusal.ticket-unknown"));

    public async Task<TicketSnapshot> SendAsync(
        TicketSnapshot ticket,
        TicketCommand command,
        CancellationToken cancellation
    ) => Accepted(await door.SendAsync(ticket.State.Id, Envelope(command), cancellation));

    /// <summary>Opens a ticket, in whose fields stand only people whom the script's person knows.</summary>
    public async Task<TicketSnapshot> OpenAsync(OpenTicket command, CancellationToken cancellation)
    {
        var references = Services.GetRequiredService<ReferenceReader>();
        var fields = ValueMap<FieldValue?>.From(
            command.Fields.Select(field => KeyValuePair.Create(field.Key, (FieldValue?)field.Value))
        );
        (fields, var strangers) = await references.KnownAsync(Viewer, null, fields, cancellation);
        return strangers.Count == 0
            ? Accepted(
                await door.OpenAsync(Envelope(command with { Fields = FieldReader.Filled(fields) }), cancellation)
            )
            : throw new ScriptRefusedException(strangers);
    }

    // What this run left is not what its person sees of it.
    private TicketSnapshot Shown(TicketSnapshot ticket) =>
        FieldSight.Shown(Viewer, ticket, Services.GetRequiredService<ICurrentConfiguration>().Snapshot);

    private TicketSnapshot Accepted(GrainAnswer answer) =>
        answer.IsAccepted ? Shown(answer.Ticket!) : throw new ScriptRefusedException(answer.Refusals);

    private CommandEnvelope Envelope(TicketCommand command)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{number}.{++commands}");
        return new CommandEnvelope(command, Actor.Actor)
        {
            Viewer = Viewer,
            IdempotencyKey = Actor.KeyPrefix is { } prefix ? $"{prefix}:{place}" : null,
        };
    }
}
