using ServiceDesk.Core.Access;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

/// <summary>Fields that hold files: how files come into them, what they take, and who sees them.</summary>
public class FieldFileTests
{
    private static readonly AttachedFile First = Bench.File(1, "quote.png");
    private static readonly AttachedFile Second = Bench.File(2, "second.png");

    [Fact]
    public void A_file_that_is_named_by_a_field_is_attached_by_the_same_change()
    {
        var bench = Bench.WithIncident();

        var told = bench.Accept(Company.Alice, Put("quotes", First));

        Assert.Equal(
            [new FilesAttached([First], Visibility.Internal), new FieldsChanged(Changed("quotes", First))],
            told
        );
        Assert.Equal((1, Held(First)), (bench.Ticket.Attachments, bench.Ticket.Fields.Find("quotes")));
        Assert.Equal<ValueList<FieldFile>>([new FieldFile(1, "quotes")], bench.Ticket.FieldFiles);

        bench.Facts = Company.Facts with { Files = [new KnownFile(1, IsGone: false)] };
        var more = bench.Accept(Company.Alice, Put("quotes", First, Second));
        Assert.Equal(new FilesAttached([Second], Visibility.Internal), more[0]);
        Assert.Empty(bench.Accept(Company.Alice, Put("quotes", First, Second)));
    }

    [Fact]
    public void What_customers_see_or_bring_is_public()
    {
        var bench = Bench.WithIncident();
        Assert.Contains(new FilesAttached([First], Visibility.Public), bench.Accept(Company.Alice, Put("form", First)));

        var asked = new Bench();
        var opened = asked.Accept(
            Company.Alice,
            Bench.Opening() with
            {
                Fields = Bench.Field("quotes", Held(First)).SetItem("form", Held(Second)),
                Files = [Bench.File(3)],
            }
        );
        Assert.Equal(
            [
                new FilesAttached([Bench.File(3)], Visibility.Public),
                new FilesAttached([Second], Visibility.Public),
                new FilesAttached([First], Visibility.Internal),
            ],
            opened.OfType<FilesAttached>()
        );
    }

    [Fact]
    public void A_field_takes_so_many_files_of_such_types_and_none_that_is_gone()
    {
        var bench = Bench.WithIncident();
        var third = Bench.File(3, "third.png");

        var many = bench.Refuse(Company.Alice, Put("quotes", First, Second, third));
        Assert.Equal((RefusalCodes.FieldFilesTooMany, "fields.quotes"), (many.Code, many.Field));
        Assert.Equal(RefusalCodes.FieldFilesTooMany, bench.Refuse(Company.Alice, Put("form", First, Second)).Code);
        Assert.Equal(
            RefusalCodes.FileTypeNotAllowed,
            bench.Refuse(Company.Alice, Put("form", First with { Name = "quote.txt", ContentType = "text/plain" })).Code
        );
        Assert.Equal(
            RefusalCodes.FieldKind,
            bench.Refuse(Company.Alice, new EditTicket(Fields: Bench.Change("form", new TextValue("quote.png")))).Code
        );
        Assert.Equal(
            "fields.form",
            bench.Refuse(Company.Alice, Put("form", new AttachedFile(9, "x.png", "", 0, ""))).Field
        );
        bench.Facts = Company.Facts with { Files = [new KnownFile(1, IsGone: true)] };
        Assert.Equal(RefusalCodes.FieldFile, bench.Refuse(Company.Alice, Put("form", First)).Code);
    }

    [Fact]
    public void A_file_that_goes_for_good_goes_out_of_its_fields_and_the_log_leads_there_too()
    {
        var bench = Bench.WithIncident();
        bench.Accept(Company.Alice, Put("quotes", First, Second));
        bench.Accept(Company.Alice, Put("form", First));
        bench.Facts = Company.Facts with { Log = bench.Log.ToValueList() };

        var command = new RedactFile(1, "picture", "a passport");
        var told = (FileRedacted)Assert.Single(bench.Accept(Company.Admin, command));

        Assert.Equal((1, Visibility.Internal), (told.Places, told.Visibility));
        Assert.Equal(Held(Second), bench.Ticket.Fields.Find("quotes"));
        Assert.Null(bench.Ticket.Fields.Find("form"));
        var redaction = Redaction.Of(command)!;
        var log = bench.Log.Select(one => one with { Event = redaction.Without(one.Event) }).ToList();
        Assert.DoesNotContain(log, one => one.Event.ToString()!.Contains("quote.png", StringComparison.Ordinal));
        Assert.Equal(
            bench.Ticket,
            log.Aggregate((TicketState?)null, (ticket, one) => Ticket.Evolve(ticket, one, TicketExtensions.None))
        );
    }

    [Fact]
    public void Who_sees_none_of_the_fields_in_which_a_file_stands_or_stood_does_not_see_it()
    {
        var bench = Bench.WithIncident();
        bench.Configuration = Hiding("quotes", "agent");
        var (alice, admin) = (Company.ViewerOf(Company.Alice), Company.ViewerOf(Company.Admin));
        bench.Accept(Company.Admin, new AddPublicComment("see", [Second]));
        bench.Accept(Company.Admin, Put("quotes", First, Second));
        bench.Accept(Company.Admin, Put("quotes", Second));

        Assert.Equal([1, 2], FileSight.HiddenFrom(alice, bench.Ticket, bench.Configuration).Order());
        Assert.Empty(FileSight.HiddenFrom(admin, bench.Ticket, bench.Configuration));
        Assert.Equal(
            [1, 2],
            FileSight.HiddenFrom(Company.ViewerOf(Company.Bora), bench.Ticket, bench.Configuration).Order()
        );
        var seen = FieldSight.Shown(alice, bench.Ticket, bench.Log, bench.Configuration);
        Assert.DoesNotContain(seen, one => one.Event is FilesAttached or FieldsChanged);
        Assert.Contains(seen, one => one.Event is PublicCommentAdded { Body: "see", Files.Count: 0 });

        // Whoever puts it where others see it shows it.
        bench.Accept(Company.Admin, Put("form", First));
        Assert.Equal([2], FileSight.HiddenFrom(alice, bench.Ticket, bench.Configuration));
    }

    [Fact]
    public void A_copy_brings_the_files_of_its_fields_along()
    {
        var bench = Bench.WithIncident();
        bench.Accept(Company.Alice, Put("quotes", First));

        var copy = Duplicating.Of(bench.Ticket, new CopyWish(Channel.Workspace, [], [], []), bench.Configuration);

        Assert.Equal(Held(First), copy.Fields.Find("quotes"));
        Assert.Equal([First], Core.Files.FileRuling.InFields(copy));
    }

    private static FilesValue Held(params AttachedFile[] files) => new(files.ToValueList());

    private static ValueMap<FieldValue?> Changed(string field, params AttachedFile[] files) =>
        Bench.Change(field, Held(files));

    private static EditTicket Put(string field, params AttachedFile[] files) => new(Fields: Changed(field, files));

    private static Core.Configuration.ConfigurationSnapshot Hiding(string field, string role) =>
        Company.Configuration.With(
            Company.Configuration.All<FieldDocument>().Single(one => one.Id == field) with
            {
                Access = [new FieldAccessRule { Roles = [role], Access = FieldAccess.Hidden }],
            }
        );
}
