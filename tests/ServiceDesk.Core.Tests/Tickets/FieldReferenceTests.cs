using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

/// <summary>Fields that hold a person, an organization or a team: what is looked up for them, and whom customers may name.</summary>
public class FieldReferenceTests
{
    private static readonly ValueMap<FieldValue> References = ValueMap<FieldValue>
        .Empty.SetItem("owner", new PersonValue(Company.Zoe.Id))
        .SetItem("unit", new OrganizationValue(Company.Zenith))
        .SetItem("crew", new TeamValue(Company.Network));

    public static TheoryData<string, TicketCommand> Commands =>
        new()
        {
            { "open", Bench.Opening() with { Fields = References } },
            { "edit", new EditTicket(Fields: Nullable) },
            { "transition", new TransitionTicket("in-progress", null, Nullable) },
            { "several", new ChangeTicket([new EditTicket(Fields: Nullable)]) },
        };

    private static ValueMap<FieldValue?> Nullable =>
        ValueMap<FieldValue?>.From(
            References.Select(entry => KeyValuePair.Create(entry.Key, (FieldValue?)entry.Value))
        );

    [Theory]
    [MemberData(nameof(Commands))]
    public void Whoever_stands_in_a_field_is_looked_up_before_the_decision(string name, TicketCommand command)
    {
        var question = FactsQuestion.Of(null, command, Company.Configuration);

        Assert.True(question.People.Contains(Company.Zoe.Id), name);
        Assert.Equal<ValueList<OrganizationId>>([Company.Zenith], question.Organizations);
        Assert.Equal<ValueList<TeamId>>([Company.Network], question.Teams);
    }

    [Fact]
    public void A_move_looks_up_whoever_stands_in_the_fields_of_the_ticket()
    {
        var bench = new Bench();
        bench.Accept(Company.Alice, Bench.Opening() with { Fields = References });

        var question = FactsQuestion.Of(bench.Ticket, new MoveTicket("HR", null), Company.Configuration);

        Assert.Equal<ValueList<OrganizationId>>([Company.Zenith], question.Organizations);
        Assert.Contains(Company.Network, question.Teams);
    }
}
