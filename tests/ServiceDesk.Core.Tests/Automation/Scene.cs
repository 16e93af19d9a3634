using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tests.Query;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Automation;

/// <summary>An ordinary ticket of Kim Ara's, for rules.</summary>
internal static class Scene
{
    public static RuleDocument Rule(params ReadOnlySpan<RuleTrigger> when) =>
        new()
        {
            Id = "escalate",
            Name = LocalizedText.Of("Escalate"),
            When = ValueList.Create(when),
            Then = [new RuleAction { Do = ActionWords.Priority, Priority = Priority.High }],
        };

    public static RecordedEvent Event(TicketEvent happened) =>
        new(new TicketId(1), 2, 7, happened, QueryWorld.Now, Actor.System, 1, null, 0);

    public static IReadOnlyList<RuleCall> Called(TicketEvent happened, params RuleDocument[] rules) =>
        RuleTriggers.Called(ConfigurationSnapshot.Of(1, rules), Event(happened), RuleVocabulary.Own).Once();

    public static RuleScene Of(Func<TicketState, TicketState>? change = null) =>
        new(
            Asked.Ticket(change),
            QueryWorld.Configuration,
            new RuleFacts
            {
                ByEmail = new Dictionary<string, Person> { ["lee@example.com"] = Person(4, "Lee", "en") },
                ByName = new Dictionary<string, Team> { ["Network"] = new Team(new TeamId(2), "Network", []) },
                People = new Dictionary<PersonId, Person> { [new PersonId(3)] = Person(3, "Kim *Ara*", "ko") },
                Organization = "[click](http://evil.example)",
                Say = (language, key) => $"{language}:{key}",
            }
        );

    private static Person Person(long id, string name, string language) =>
        new(new PersonId(id), name, "", "agent", language, "UTC", [], [], IsActive: true);
}
