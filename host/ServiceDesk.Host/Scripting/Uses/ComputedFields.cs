using System.Globalization;
using System.Text.Json;
using ServiceDesk.Core.Json;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Pump;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Scripting.Uses;

/// <summary>
/// Works out the fields that scripts fill, after each change of a ticket, and stores them as values like all others. Only the
/// newest change of a ticket is answered, and never what this itself wrote: that ends in itself. A script that fails leaves the
/// value as it was.
/// </summary>
public sealed partial class ComputedFields(
    IScriptRunner scripts,
    ITicketGrains grains,
    ICurrentConfiguration configuration,
    ILogger<ComputedFields> logger
) : IReaction
{
    /// <summary>The name of the reaction's cursor.</summary>
    public const string Name = "scripts.fields";

    public async Task ReactAsync(RecordedEvent @event, CancellationToken cancellation)
    {
        var current = configuration.Snapshot;
        var isOwn = @event.Actor is { Kind: ActorKind.Script, Person: null };
        if (isOwn || current.All<FieldDocument>().All(field => field.Script is null))
        {
            return;
        }

        // A later change comes here too.
        if (
            await grains.GetAsync(@event.Ticket, cancellation) is not { } ticket
            || ticket.State.Version != @event.Version
            || !current.TryGet<TicketTypeDocument>(ticket.State.Type, out var type)
        )
        {
            return;
        }

        foreach (var id in type.Fields)
        {
            if (current.TryGet<FieldDocument>(id, out var field) && field.Script is not null)
            {
                ticket = await ComputeAsync(field, ticket, @event, cancellation);
                if (ticket is null)
                {
                    return;
                }
            }
        }
    }

    // The ticket after it; null when somebody else changed it meanwhile, which brings everything here again.
    private async Task<TicketSnapshot?> ComputeAsync(
        FieldDocument field,
        TicketSnapshot ticket,
        RecordedEvent @event,
        CancellationToken cancellation
    )
    {
        var outcome = await scripts.RunAsync(field.Script!, Occasion(field, ticket), cancellation);
        if (outcome is not { IsDone: true } || !TryRead(field, outcome.Result.Value, out var value))
        {
            return ticket;
        }

        if (Equals(value, ticket.State.Fields.Find(field.Id)))
        {
            return ticket;
        }

        var changes = ValueMap<FieldValue?>.Empty.SetItem(field.Id, value);
        var answer = await grains.SendAsync(
            ticket.State.Id,
            new CommandEnvelope(new EditTicket(Fields: changes), new Actor(ActorKind.Script, Name: field.Script))
            {
                ExpectedVersion = ticket.State.Version,
                IdempotencyKey = string.Create(
                    CultureInfo.InvariantCulture,
                    $"field:{field.Id}:{@event.Position}:{ticket.State.Version}"
                ),
            },
            cancellation
        );
        if (answer.IsAccepted)
        {
            return answer.Ticket;
        }

        if (answer.Refusals.Any(refusal => refusal.Kind == RefusalKind.Stale))
        {
            return null;
        }

        LogRefused(field.Id, ticket.State.Key.ToString(), answer.Refusals[0].Code);
        return ticket;
    }

    private static ScriptOccasion Occasion(FieldDocument field, TicketSnapshot ticket) =>
        new("field")
        {
            Ticket = ticket.State.Id,
            Seen = ticket,
            Argument = JsonSerializer.SerializeToElement(new { field = field.Id }),
            IsAsked = true,
            IsQuiet = true,
            Check = value =>
                TryRead(field, value, out _) ? null : $"The field {field.Id} takes no such value: {Shown(value)}",
        };

    private static bool TryRead(FieldDocument field, JsonElement? value, out FieldValue? read)
    {
        read = null;
        return value is not { } given || PlainFields.TryRead(field.Kind, given, out read);
    }

    private static string Shown(JsonElement? value) =>
        value?.GetRawText() is not { } text ? ""
        : text.Length <= 100 ? text
        : text[..100];

    [LoggerMessage(LogLevel.Warning, "The field {Field} of {Ticket} does not take what its script worked out: {Code}")]
    private partial void LogRefused(string field, string ticket, string code);
}
