using System.Text.Json;
using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>What a webhook is told: as docs/rules.md describes it, and the same for every attempt.</summary>
internal sealed record WebhookBody(string Rule, Instant At, string? Text, WebhookTicket Ticket)
{
    public static string Write(string rule, RuleAction action, RecordedEvent called, RuleScene scene) =>
        JsonSerializer.Serialize(
            new WebhookBody(
                rule,
                called.At,
                action.Text is { } text ? scene.Plain(text.In("en")) : null,
                WebhookTicket.Of(scene)
            ),
            ServiceDeskJson.Stored
        );
}

/// <summary>A ticket as a webhook is told of it.</summary>
internal sealed record WebhookTicket
{
    public required string Key { get; init; }
    public required string Desk { get; init; }
    public required string Type { get; init; }
    public string? RequestType { get; init; }
    public required string Summary { get; init; }
    public required string Status { get; init; }
    public required StatusCategory Category { get; init; }
    public string? Resolution { get; init; }
    public required Priority Priority { get; init; }
    public WebhookPerson? Requester { get; init; }
    public string? Organization { get; init; }
    public required bool Private { get; init; }
    public WebhookPerson? Assignee { get; init; }
    public string? Team { get; init; }
    public ValueList<string> Labels { get; init; } = [];
    public required ValueMap<string> Fields { get; init; }
    public required Instant CreatedAt { get; init; }
    public required long Version { get; init; }

    public static WebhookTicket Of(RuleScene scene)
    {
        var ticket = scene.Ticket.State;
        return new WebhookTicket
        {
            Key = ticket.Key.ToString(),
            Desk = ticket.Desk,
            Type = ticket.Type,
            RequestType = ticket.RequestType,
            Summary = ticket.Summary,
            Status = ticket.Status,
            Category = ticket.Category,
            Resolution = ticket.Resolution,
            Priority = ticket.Priority,
            Requester = Person(ticket.Requester, scene),
            Organization = scene.Facts.Organization,
            Private = TicketSharing.IsPrivate(ticket),
            Assignee = Person(ticket.Assignee, scene),
            Team = scene.Facts.Team?.Name,
            Labels = ticket.Labels,
            Fields = ValueMap<string>.From(
                ticket.Fields.Select(field => KeyValuePair.Create(field.Key, PlainFields.Write(field.Value)))
            ),
            CreatedAt = ticket.CreatedAt,
            Version = ticket.Version,
        };
    }

    private static WebhookPerson? Person(PersonId? id, RuleScene scene) =>
        id is { } known && scene.Facts.People.TryGetValue(known, out var person)
            ? new WebhookPerson(person.Name, person.Email)
            : null;
}

/// <summary>A person as a webhook is told of one.</summary>
internal sealed record WebhookPerson(string Name, string Email);
