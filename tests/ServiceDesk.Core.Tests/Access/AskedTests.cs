using ServiceDesk.Core.Access;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Configuration.Checks;
using ServiceDesk.Core.Tests.Tickets;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Access;

/// <summary>What somebody of another house sees who is asked for an approval on Bora's incident.</summary>
public class AskedTests
{
    private static readonly Viewer Zoe = Company.ViewerOf(Company.Zoe);
    private readonly Bench bench = Bench.WithIncident();

    [Fact]
    public void What_was_asked_for_is_seen_and_not_who_talks_about_it()
    {
        Talk();
        Ask(new RequestApproval { Title = "May we?", Steps = [new ApproversAsked([Company.Zoe.Id], [], [])] });

        var view = CustomerViews.For(Zoe, bench.Ticket, bench.Configuration, bench.Now);

        Assert.Equal((bench.Ticket.Summary, bench.Ticket.Description), (view.Summary, view.Description));
        Assert.Equal((0, 0, false), (view.Comments, view.Participants.Count, view.MayReopen));
        Assert.Equal(["impact"], view.Fields.Keys);
        var whole = CustomerViews.For(Company.ViewerOf(Company.Bora), bench.Ticket, bench.Configuration, bench.Now);
        Assert.Equal((1, 1), (whole.Comments, whole.Participants.Count));
    }

    [Fact]
    public void The_fields_that_the_policy_shows_are_seen_by_whoever_is_asked_and_by_nobody_else()
    {
        bench.Configuration = Company.Configuration.With(Policy("vendor"));
        Talk();
        Ask(new RequestApproval { Policy = "spend" });

        Assert.Equal(["impact", "vendor"], Fields(Company.Zoe));
        Assert.Equal(["impact"], Fields(Company.Bora));
        bench.Accept(Company.Alice, new WithdrawApproval(bench.Ticket.Approvals[0].Id));
        Assert.Equal(["impact"], Fields(Company.Zoe));
    }

    [Fact]
    public void The_events_are_those_of_what_was_asked_for_and_of_ones_own_approvals()
    {
        Talk();
        var mine = Ask(One(Company.Zoe));
        var other = Ask(One(Company.Minho) with { CustomersSee = true });

        Assert.True(Sees(new TextEdited(null, "Now with a quote")));
        Assert.True(Sees(new StatusChanged("start", "open", "in-progress", StatusCategory.Active, false, null)));
        Assert.True(Sees(Asked(mine)));
        Assert.True(Sees(new ApprovalDelegated(mine, Company.Both.Id, Company.Zoe.Id, [0], null)));
        Assert.True(Sees(new ApprovalEnded(mine, ApprovalState.Approved, null, false)));
        Assert.False(Sees(Asked(other)));
        Assert.False(Sees(new ApprovalDelegated(other, Company.Both.Id, Company.Minho.Id, [0], null)));
        Assert.False(Sees(new PublicCommentAdded(1, "Between us", false, [])));
        Assert.False(Sees(new FilesAttached([Bench.File(7)], Visibility.Public)));
        Assert.False(Sees(new ParticipantsAdded([Company.Minho.Id])));
        Assert.False(Sees(new FilesAttached([Bench.File(8)], Visibility.Internal)));
    }

    [Fact]
    public void The_timeline_tells_of_ones_own_approval_though_customers_do_not_see_it()
    {
        Talk();
        Ask(One(Company.Zoe) with { Title = "Yours" });
        Ask(One(Company.Minho) with { Title = "Another's" });
        bench.Accept(Company.Zoe, new AnswerApproval(bench.Ticket.Approvals[0].Id, true));

        Assert.Equal(["Yours", "Yours", "Yours"], Titles(Company.Zoe));
        // Minho takes part, and is asked besides.
        Assert.Equal(["Another's"], Titles(Company.Minho));
        Assert.Empty(Titles(Company.Bora));
        Assert.Equal(
            [typeof(PublicOpening), typeof(PublicApproval), typeof(PublicApproval), typeof(PublicApproval)],
            Timeline(Company.Zoe).Select(entry => entry.GetType())
        );
    }

    [Fact]
    public void A_change_of_a_field_is_news_to_whoever_sees_the_field()
    {
        bench.Configuration = Company.Configuration.With(Policy("vendor"));
        Assert.False(IsNews(Company.Zoe, "impact"));
        Ask(new RequestApproval { Policy = "spend" });

        Assert.True(IsNews(Company.Zoe, "vendor"));
        Assert.True(IsNews(Company.Zoe, "impact"));
        Assert.True(IsNews(Company.Bora, "impact"));
        Assert.False(IsNews(Company.Bora, "vendor"));
        Assert.False(IsNews(Company.Zoe, "secret"));
    }

    [Fact]
    public void Who_is_only_asked_neither_writes_nor_watches()
    {
        Ask(One(Company.Zoe));

        Assert.Equal(
            RefusalCodes.CustomersOfTicketOnly,
            bench.Refuse(Company.Zoe, new WatchTicket(Company.Zoe.Id, true)).Code
        );
        Assert.Equal(
            RefusalCodes.CustomersOfTicketOnly,
            bench.Refuse(Company.Zoe, new AddPublicComment("Hello", [])).Code
        );
    }

    [Fact]
    public void What_a_policy_shows_is_a_field_that_exists()
    {
        Assert.Equal(
            ["/shows/1", "/shows/2"],
            ReferenceChecks
                .All.SelectMany(check => check.Check(Policy("vendor", "nowhere", "vendor"), Company.Configuration))
                .Select(problem => problem.Path)
                .Order(StringComparer.Ordinal)
        );
    }

    private void Talk()
    {
        bench.Accept(
            Company.Alice,
            new EditTicket(
                Fields: Bench.Change("impact", new ChoiceValue("high")).SetItem("vendor", new TextValue("Contoso"))
            )
        );
        bench.Accept(Company.Alice, new AddPublicComment("Between us", []));
        bench.Accept(Company.Bora, new AddParticipants([Company.Minho.Id]));
    }

    private static RequestApproval One(ServiceDesk.Sdk.People.Person person) =>
        new() { Title = "May we?", Steps = [new ApproversAsked([person.Id], [], [])] };

    private long Ask(RequestApproval command) => ((ApprovalRequested)bench.Accept(Company.Alice, command)[0]).Approval;

    private static ApprovalDocument Policy(params string[] shows) =>
        new()
        {
            Id = "spend",
            Name = LocalizedText.Of("Spend"),
            Steps = [new ApproversRule { People = [Company.Zoe.Email] }],
            Shows = shows.ToValueList(),
        };

    private IEnumerable<string> Fields(ServiceDesk.Sdk.People.Person person) =>
        CustomerViews
            .For(Company.ViewerOf(person), bench.Ticket, bench.Configuration, bench.Now)
            .Fields.Keys.Order(StringComparer.Ordinal);

    private IReadOnlyList<PublicEntry> Timeline(ServiceDesk.Sdk.People.Person person) =>
        CustomerViews.Timeline(Company.ViewerOf(person), bench.Ticket, bench.Log, bench.Configuration);

    private IEnumerable<string> Titles(ServiceDesk.Sdk.People.Person person) =>
        Timeline(person).OfType<PublicApproval>().Select(entry => entry.Title.ToString());

    private bool IsNews(ServiceDesk.Sdk.People.Person person, string field) =>
        CustomerViews.ChangesField(
            Company.ViewerOf(person),
            bench.Ticket,
            new FieldsChanged(Bench.Change(field, new TextValue("Other"))),
            bench.Configuration
        );

    private bool Sees(TicketEvent @event) => TicketAccess.MaySee(Zoe, bench.Ticket, @event);

    private static ApprovalRequested Asked(long approval) =>
        new(approval, LocalizedText.Of("May we?"), null, [], false, null, false, true, null, null, null);
}
