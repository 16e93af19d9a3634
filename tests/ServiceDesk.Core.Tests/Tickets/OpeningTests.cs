using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

public class OpeningTests
{
    [Fact]
    public void An_agent_opens_a_ticket_by_type_with_the_defaults_of_the_type()
    {
        var bench = Bench.WithIncident();

        var opened = Assert.IsType<TicketOpened>(Assert.Single(bench.Log).Event);
        Assert.Equal(Bench.Key, opened.Key);
        Assert.Equal(("new", StatusCategory.New), (opened.Status, opened.Category));
        Assert.Equal(Priority.Medium, opened.Priority);
        Assert.Equal(Company.Acme, opened.Organization);
        Assert.Equal(1, bench.Ticket.Version);
        Assert.Equal(Bench.Start, bench.Ticket.CreatedAt);
    }

    [Fact]
    public void A_request_type_gives_its_type_its_priority_and_its_presets()
    {
        var bench = new Bench();
        bench.Accept(Company.Bora, Bench.Asking("outage"));

        Assert.Equal(("incident", "outage"), (bench.Ticket.Type, bench.Ticket.RequestType));
        Assert.Equal(Priority.High, bench.Ticket.Priority);
        Assert.Equal(new TextValue("Contoso"), bench.Ticket.Fields.Find("vendor"));
        Assert.Equal(new ChoiceValue("high"), bench.Ticket.Fields.Find("impact"));
    }

    [Fact]
    public void A_preset_that_its_field_does_not_take_is_left_out()
    {
        var bench = new Bench();
        bench.Accept(Company.Bora, Bench.Asking("outage"));

        Assert.Null(bench.Ticket.Fields.Find("amount"));
    }

    [Fact]
    public void Words_are_trimmed_and_labels_made_alike()
    {
        var bench = new Bench();
        bench.Accept(Company.Alice, Bench.Opening() with { Summary = "  Fire  ", Labels = [" Hot ", "hot", "새것"] });

        Assert.Equal("Fire", bench.Ticket.Summary);
        Assert.Equal<ValueList<string>>(["hot", "새것"], bench.Ticket.Labels);
    }

    [Theory]
    [InlineData("", RefusalCodes.TextRequired)]
    [InlineData("  \t ", RefusalCodes.TextRequired)]
    [InlineData("two\nlines", RefusalCodes.TextOneLine)]
    [InlineData("NUL \0", RefusalCodes.TextCharacters)]
    public void A_summary_is_one_line_of_storable_words(string summary, string code)
    {
        var refusal = new Bench().Refuse(Company.Alice, Bench.Opening() with { Summary = summary });

        Assert.Equal((RefusalKind.Invalid, code, "summary"), (refusal.Kind, refusal.Code, refusal.Field));
    }

    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0xDE42)]
    public void Half_a_character_cannot_be_stored_and_whole_ones_can(int half)
    {
        var broken = Bench.Opening() with { Summary = "smile " + (char)half, Description = "🙂" };

        Assert.Equal(RefusalCodes.TextCharacters, new Bench().Refuse(Company.Alice, broken).Code);
    }

    [Fact]
    public void A_summary_has_at_most_255_characters_and_a_description_at_most_100_000()
    {
        var bench = new Bench();
        var tooLong = Bench.Opening() with { Summary = new string('x', 256), Description = new string('x', 100_001) };

        var refusals = bench.Send(Bench.By(Company.Alice, tooLong)).Refusals;

        Assert.Equal(["summary", "description"], refusals.Select(refusal => refusal.Field));
        Assert.All(refusals, refusal => Assert.Equal(RefusalCodes.TextTooLong, refusal.Code));
        bench.Accept(
            Company.Alice,
            Bench.Opening() with
            {
                Summary = new string('x', 255),
                Description = new string('x', 100_000),
            }
        );
    }

    [Fact]
    public void A_desk_that_does_not_exist_and_one_where_one_may_not_ask_look_alike()
    {
        var nowhere = new Bench().Refuse(Company.Zoe, Bench.Asking("leave", "NOPE", Company.Zoe));
        var notForZenith = new Bench().Refuse(Company.Zoe, Bench.Asking("leave", "HR", Company.Zoe));

        Assert.Equal((RefusalCodes.DeskUnknown, "desk"), (nowhere.Code, nowhere.Field));
        Assert.Equal((nowhere.Kind, nowhere.Code), (notForZenith.Kind, notForZenith.Code));
    }

    [Fact]
    public void A_ticket_needs_a_type_that_the_desk_works()
    {
        Assert.Equal(
            RefusalCodes.TypeRequired,
            new Bench().Refuse(Company.Alice, Bench.Opening() with { Type = null }).Code
        );
        Assert.Equal(RefusalCodes.TypeUnknown, new Bench().Refuse(Company.Alice, Bench.Opening("change")).Code);
    }

    [Fact]
    public void A_request_type_is_one_of_the_desk_and_agrees_with_the_type_that_is_named()
    {
        var elsewhere = Bench.Opening() with { Type = null, RequestType = "leave" };
        var disagreeing = Bench.Opening("request") with { RequestType = "outage" };

        Assert.Equal(RefusalCodes.RequestTypeUnknown, new Bench().Refuse(Company.Alice, elsewhere).Code);
        Assert.Equal(RefusalCodes.TypeNotOfRequestType, new Bench().Refuse(Company.Alice, disagreeing).Code);
    }

    [Fact]
    public void A_type_without_a_usable_workflow_opens_nothing()
    {
        var refusal = new Bench().Refuse(Company.Alice, Bench.Opening("broken"));

        Assert.Equal((RefusalKind.Conflict, RefusalCodes.WorkflowBroken), (refusal.Kind, refusal.Code));
    }

    [Fact]
    public void A_customer_asks_by_request_type()
    {
        var refusal = new Bench().Refuse(Company.Bora, Bench.Opening());

        Assert.Equal((RefusalCodes.RequestTypeRequired, "requestType"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void A_customer_asks_only_for_oneself()
    {
        var refusal = new Bench().Refuse(Company.Bora, Bench.Asking("outage", requester: Company.Minho));

        Assert.Equal((RefusalKind.Forbidden, RefusalCodes.RequesterNotSelf), (refusal.Kind, refusal.Code));
    }

    [Fact]
    public void What_is_the_agents_to_give_is_refused_from_a_customer_part_by_part()
    {
        var everything = Bench.Asking("outage") with
        {
            Priority = Priority.Critical,
            Assignee = Company.Alice.Id,
            Team = Company.Network,
            ExternalId = "X1",
            Labels = ["vip"],
            Fields = Bench.Field("impact", new ChoiceValue("high")).SetItem("vendor", new TextValue("me")),
        };

        var refusals = new Bench().Send(Bench.By(Company.Bora, everything)).Refusals;

        Assert.Equal(
            ["priority", "assignee", "team", "externalId", "labels", "fields.vendor"],
            refusals.Select(refusal => refusal.Field)
        );
    }

    [Fact]
    public void An_agent_asks_as_a_customer_on_a_desk_where_the_agent_does_not_work()
    {
        Assert.Equal(RefusalCodes.DeskUnknown, new Bench().Refuse(Company.Alice, Bench.Opening("request", "HR")).Code);
    }

    [Fact]
    public void What_the_form_requires_is_filled()
    {
        var empty = Bench.Asking("proof") with { Description = "  " };
        var refusals = new Bench().Send(Bench.By(Company.Bora, empty)).Refusals;

        Assert.Equal(["description", "files"], refusals.Select(refusal => refusal.Field));

        var bench = new Bench();
        var noImpact = Bench.Asking("outage") with { Fields = ValueMap<FieldValue>.Empty };
        Assert.Equal(
            (RefusalCodes.FieldRequired, "fields.impact"),
            (bench.Refuse(Company.Bora, noImpact).Code, bench.Refuse(Company.Bora, noImpact).Field)
        );
    }

    [Fact]
    public void Files_given_at_opening_are_attached_for_everyone()
    {
        var bench = new Bench();
        var events = bench.Accept(Company.Bora, Bench.Asking("proof") with { Files = [Bench.File()] });

        Assert.Equal(new FilesAttached([Bench.File()], Visibility.Public), events[1]);
        Assert.Equal(1, bench.Ticket.Attachments);
    }

    [Fact]
    public void The_requester_exists_is_active_and_is_served_by_the_desk()
    {
        var unknown = Bench.Opening() with { Requester = new PersonId(999) };
        var inactive = Bench.Opening(requester: Company.Gone);
        var elsewhere = Bench.Opening("request", "HR", Company.Zoe);

        Assert.Equal(RefusalCodes.PersonUnknown, new Bench().Refuse(Company.Alice, unknown).Code);
        Assert.Equal(RefusalCodes.PersonUnknown, new Bench().Refuse(Company.Alice, inactive).Code);
        Assert.Equal(RefusalCodes.RequesterNotServed, new Bench().Refuse(Company.Eve, elsewhere).Code);
    }

    [Fact]
    public void The_organization_is_one_of_the_requesters_and_taken_by_itself_only_when_it_is_the_only_one()
    {
        var foreign = Bench.Opening() with { Organization = Company.Zenith };
        Assert.Equal(RefusalCodes.OrganizationNotOfRequester, new Bench().Refuse(Company.Alice, foreign).Code);

        var only = new Bench();
        only.Accept(Company.Alice, Bench.Opening());
        Assert.Equal(Company.Acme, only.Ticket.Organization);

        var chosen = new Bench();
        chosen.Accept(Company.Alice, Bench.Opening(requester: Company.Both) with { Organization = Company.Zenith });
        Assert.Equal(Company.Zenith, chosen.Ticket.Organization);
    }

    [Theory]
    [InlineData(Channel.Workspace)]
    [InlineData(Channel.Portal)]
    [InlineData(Channel.Api)]
    [InlineData(Channel.Phone)]
    public void Whoever_can_be_asked_says_for_which_of_several_organizations_it_is(Channel channel)
    {
        var refusal = new Bench().Refuse(
            Company.Alice,
            Bench.Opening(requester: Company.Both) with
            {
                Channel = channel,
            }
        );

        Assert.Equal(
            (RefusalKind.Invalid, RefusalCodes.OrganizationRequired, "organization"),
            (refusal.Kind, refusal.Code, refusal.Field)
        );
        Assert.Equal(
            "organization",
            new Bench().Refuse(Company.Both, Bench.Asking("outage", requester: Company.Both)).Field
        );
    }

    [Fact]
    public void Scripts_say_it_too_and_mail_rules_the_product_and_imports_cannot()
    {
        var automatic = Bench.Opening(requester: Company.Both) with { Channel = Channel.Automation };
        var byScript = Bench.By(Company.Alice, automatic) with
        {
            Actor = new Actor(ActorKind.Script, Company.Alice.Id, "s"),
        };
        Assert.Equal(RefusalCodes.OrganizationRequired, new Bench().Refuse(byScript).Code);

        foreach (
            var envelope in new[]
            {
                Bench.By(Company.Alice, automatic) with
                {
                    Actor = new Actor(ActorKind.Rule, Company.Alice.Id, "r"),
                },
                Bench.By(Company.Both, Bench.Asking("outage", requester: Company.Both) with { Channel = Channel.Mail }),
                Bench.ByProduct(Bench.Opening(requester: Company.Both)),
                Bench.ByImporter(Bench.Opening(requester: Company.Both), Bench.Start),
            }
        )
        {
            var bench = new Bench();
            bench.Accept(envelope);
            Assert.Null(bench.Ticket.Organization);
        }
    }

    [Fact]
    public void It_keeps_the_requesters_language_and_where_the_organization_was()
    {
        var bench = new Bench();
        bench.Facts = Company.Facts with
        {
            People = [Company.Alice, Company.Bora with { Language = "ko" }, Company.Both with { Language = "ko" }],
            Organizations = [new Organization(Company.Acme, "acme", "Acme", true) { Region = "부산 지사" }],
        };
        bench.Accept(Company.Alice, Bench.Opening(requester: Company.Bora));
        Assert.Equal(("ko", "부산 지사"), (bench.Ticket.Language, bench.Ticket.Region));

        // Of several organizations none was named.
        var unsaid = new Bench { Facts = bench.Facts };
        unsaid.Accept(Bench.ByProduct(Bench.Opening(requester: Company.Both)));
        Assert.Equal(("ko", null), (unsaid.Ticket.Language, unsaid.Ticket.Region));
    }

    [Fact]
    public void Assignee_and_team_of_a_new_ticket_obey_the_rules_of_assignment()
    {
        var wrong = Bench.Opening() with { Assignee = Company.Bora.Id, Team = new TeamId(999) };

        var refusals = new Bench().Send(Bench.By(Company.Alice, wrong)).Refusals;

        Assert.Equal(
            [RefusalCodes.AssigneeNotAgent, RefusalCodes.TeamUnknown],
            refusals.Select(refusal => refusal.Code)
        );
    }

    [Fact]
    public void A_ticket_is_opened_once()
    {
        var refusal = Bench.WithIncident().Refuse(Company.Alice, Bench.Opening());

        Assert.Equal((RefusalKind.Conflict, RefusalCodes.TicketExists), (refusal.Kind, refusal.Code));
    }

    [Fact]
    public void Only_an_import_brings_history()
    {
        var history = Bench.Opening() with { History = new MarkImported("servicenow", Bench.Start) };

        Assert.Equal(RefusalCodes.ImportersOnly, new Bench().Refuse(Company.Alice, history).Code);

        var bench = new Bench { Now = Bench.Start + Duration.FromDays(1) };
        bench.Accept(Bench.ByImporter(history, Bench.Start));
        Assert.Equal(Bench.Start, bench.Ticket.CreatedAt);
        Assert.Equal(Bench.Start, bench.Ticket.ImportedUntil);
    }

    [Fact]
    public void A_key_is_reserved_only_on_a_desk_that_exists_and_only_when_one_is_needed()
    {
        var ticket = Bench.WithIncident().Ticket;

        Assert.Equal("ITSD", TicketEngine.DeskToReserve(null, Bench.Opening(), Company.Configuration));
        Assert.Null(TicketEngine.DeskToReserve(null, Bench.Opening(desk: "NOPE"), Company.Configuration));
        Assert.Null(TicketEngine.DeskToReserve(ticket, new MoveTicket("ITSD", null), Company.Configuration));
        Assert.Equal("HR", TicketEngine.DeskToReserve(ticket, new MoveTicket("HR", null), Company.Configuration));
        Assert.Null(TicketEngine.DeskToReserve(ticket, new SetPriority(Priority.Low), Company.Configuration));
    }
}
