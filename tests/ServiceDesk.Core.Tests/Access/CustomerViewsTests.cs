using ServiceDesk.Core.Access;
using ServiceDesk.Core.Tests.Tickets;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Access;

public class CustomerViewsTests
{
    private readonly Bench bench = Bench.WithIncident();

    [Fact]
    public void Customers_see_the_status_by_its_name_for_customers()
    {
        Assert.Equal(LocalizedText.Of("Received"), View().Status.Name);

        bench.Accept(Company.Alice, Bench.To("in-progress"));
        Assert.Equal(LocalizedText.Of("In progress"), View().Status.Name);
    }

    [Fact]
    public void Customers_see_only_fields_that_are_for_them()
    {
        bench.Accept(
            Company.Alice,
            new EditTicket(
                Fields: Bench.Change("impact", new ChoiceValue("high")).SetItem("vendor", new TextValue("Contoso"))
            )
        );

        Assert.Equal(["impact"], View().Fields.Keys);
    }

    [Fact]
    public void Internal_work_does_not_show_as_a_change()
    {
        bench.Hours(1).Accept(Company.Alice, new AddInternalNote("secret", []));
        bench.Hours(1).Accept(Company.Alice, new AssignTicket(Company.Alice.Id, null));
        Assert.Equal(Bench.Start, View().UpdatedAt);
        Assert.Single(Timeline());

        bench.Hours(1).Accept(Company.Alice, new AddPublicComment("Hello", []));
        Assert.Equal(bench.Now, View().UpdatedAt);
    }

    [Fact]
    public void The_timeline_tells_what_is_for_everyone_in_order()
    {
        bench.Accept(Company.Alice, Bench.To("in-progress"));
        bench.Accept(Company.Alice, new AddInternalNote("secret", [Bench.File(7)]));
        bench.Accept(Company.Alice, new AddPublicComment("Look", [Bench.File(8)]));
        bench.Accept(Company.Bora, new AttachFiles([Bench.File(9)], Visibility.Public));
        bench.Accept(Company.Alice, new AttachFiles([Bench.File(10)], Visibility.Internal));
        bench.Accept(Company.Bora, new AddParticipants([Company.Minho.Id]));
        bench.Accept(Company.Bora, new RemoveParticipants([Company.Minho.Id]));
        bench.Accept(Company.Eve, new MoveTicket("HR", "request"));

        Assert.Collection(
            Timeline(),
            entry => Assert.Equal(Company.Alice.Id, Assert.IsType<PublicOpening>(entry).By),
            entry => Assert.Equal("in-progress", Assert.IsType<PublicStatusChange>(entry).To.Id),
            entry => Assert.Equal("Look", Assert.IsType<PublicComment>(entry).Body),
            entry => Assert.Equal(9, Assert.IsType<PublicFiles>(entry).Files[0].Id),
            entry => Assert.Single(Assert.IsType<PublicParticipation>(entry).Added),
            entry => Assert.Single(Assert.IsType<PublicParticipation>(entry).Removed),
            entry => Assert.Equal(new TicketKey("HR", 1), Assert.IsType<PublicMove>(entry).To)
        );
        Assert.Equal([8L, 9], CustomerViews.Files(bench.Log).Keys.Order());
    }

    [Fact]
    public void A_change_between_statuses_that_are_one_to_customers_is_none()
    {
        bench.Accept(Company.Alice, Bench.To("in-progress"));
        var before = Timeline().Count;
        bench.Accept(
            Company.Alice,
            Bench.To("waiting-for-supplier") with
            {
                Fields = Bench.Change("vendor", new TextValue("Contoso")),
            }
        );

        Assert.Equal(before, Timeline().Count);
    }

    [Fact]
    public void Customers_are_told_whether_they_may_open_it_again()
    {
        Assert.False(View().MayReopen);
        bench.Accept(Company.Alice, Bench.To("resolved", "solved"));
        Assert.True(View().MayReopen);
        bench.Hours(24 * 14.1);
        Assert.False(View().MayReopen);
    }

    private PublicTicketView View() => CustomerViews.Of(bench.Ticket, bench.Configuration, bench.Now);

    private IReadOnlyList<PublicEntry> Timeline() =>
        CustomerViews.Timeline(Company.ViewerOf(Company.Bora), bench.Ticket, bench.Log, bench.Configuration);
}
