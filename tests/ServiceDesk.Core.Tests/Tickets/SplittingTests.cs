using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

public class SplittingTests
{
    private static readonly TicketId From = new(7);

    private readonly TicketState ticket = Source();

    [Fact]
    public void A_public_message_becomes_summary_description_and_files_and_its_author_asks()
    {
        var opened = Open(Message("## **My** printer too\n\nIt *smokes*.", Visibility.Public, Company.Minho.Id));

        Assert.Equal("My printer too", opened.Ticket.Summary);
        Assert.Equal("## **My** printer too\n\nIt *smokes*.", opened.Ticket.Description);
        Assert.Equal(Company.Minho.Id, opened.Ticket.Requester);
        Assert.Equal(1, opened.Ticket.Attachments);
        Assert.Equal(new TicketOrigin(OriginKind.Split, From, ticket.Key, 4), opened.Ticket.Origin);
    }

    [Fact]
    public void An_internal_note_stays_internal()
    {
        var opened = Open(Message("Their CFO is a fool", Visibility.Internal, Company.Alice.Id, byCustomer: false));

        Assert.Equal((ticket.Summary, ""), (opened.Ticket.Summary, opened.Ticket.Description));
        Assert.Equal(Company.Bora.Id, opened.Ticket.Requester);
        var note = opened.Log.Select(one => one.Event).OfType<InternalNoteAdded>().Single();
        Assert.Equal("Their CFO is a fool", note.Body);
        Assert.Single(note.Files);
        Assert.DoesNotContain(opened.Log, one => one.Event is FilesAttached);
    }

    [Fact]
    public void The_author_of_a_public_message_takes_part_where_another_one_asks()
    {
        var opened = Open(
            Message("Me too", Visibility.Public, Company.Minho.Id),
            wish => wish with { Requester = Company.Bora.Id }
        );

        Assert.Equal<ValueList<PersonId>>([Company.Minho.Id], opened.Ticket.Participants);
    }

    [Fact]
    public void It_is_for_those_who_work_on_the_ticket()
    {
        var message = Message("Me too", Visibility.Public, Company.Minho.Id);
        Assert.Equal(RefusalCodes.OriginUnknown, Refused(null, message).Code);
        Assert.Equal(RefusalCodes.OriginNotThere, Refused(new RelatedTicket(ticket, false), message).Code);
        var split = ticket with
        {
            Offspring = [new(OriginKind.Split, new TicketId(9), new TicketKey("ITSD", 9), 4, Bench.Start)],
        };
        Assert.Equal(RefusalCodes.MessageSplit, Refused(new RelatedTicket(split, true), message).Code);
    }

    [Fact]
    public void The_ticket_notes_once_what_came_out_of_it_and_only_the_product_says_so()
    {
        var bench = Bench.WithIncident();
        var note = new NoteOffspring(OriginKind.Split, new TicketId(9), new TicketKey("ITSD", 9), 4);

        Assert.Equal(RefusalCodes.ProductOnly, bench.Refuse(Company.Alice, note).Code);
        Assert.Equal(
            [new TicketSplitOff(new TicketId(9), new TicketKey("ITSD", 9), 4)],
            bench.Accept(Bench.ByProduct(note))
        );
        Assert.Empty(bench.Accept(Bench.ByProduct(note)));
        Assert.Equal(4, Assert.Single(bench.Ticket.Offspring).Comment);
    }

    [Theory]
    [InlineData("\n\n> - 프린터가 타요\nmehr", "프린터가 타요")]
    [InlineData("![smoke](attachment:12)\n", "smoke")]
    [InlineData("1. See [the log](https://example.com) now", "See the log now")]
    [InlineData("***", "Printer burns")]
    public void The_summary_is_the_first_line_without_signs(string body, string summary) =>
        Assert.Equal(summary, Splitting.SummaryOf(ticket, Message(body, Visibility.Public, null)));

    [Fact]
    public void No_word_and_no_file_of_a_message_is_lost() =>
        Prop.ForAll(
                (
                    from body in RandomWork.Text
                    from more in RandomWork.Text
                    from count in Gen.Choose(0, 120)
                    from isPublic in Gen.Elements(true, false)
                    select (Body: $"x {body}\n{more}", count, isPublic)
                ).ToArbitrary(),
                given =>
                {
                    var files = Enumerable.Range(1, given.count).Select(id => Bench.File(id)).ToValueList();
                    var visibility = given.isPublic ? Visibility.Public : Visibility.Internal;
                    var message = new SplitMessage(4, visibility, Company.Bora.Id, given.isPublic, given.Body, files);
                    var command = Splitting.Of(ticket, message, Wish());
                    var bench = new Bench { Facts = Company.Facts with { Related = new RelatedTicket(ticket, true) } };
                    var step = bench.Send(Bench.By(Company.Alice, command));
                    if (step.Refusals.Count > 0)
                    {
                        // Characters that no text may have are refused here as they are everywhere.
                        return step.Events.Count == 0
                            && step.Refusals.All(refusal => refusal.Code == RefusalCodes.TextCharacters);
                    }

                    var happened = bench.Log.Select(one => one.Event).ToList();
                    var kept = happened
                        .SelectMany(one =>
                            one switch
                            {
                                FilesAttached e when e.Visibility == visibility => e.Files,
                                InternalNoteAdded e when !given.isPublic => e.Files,
                                _ => [],
                            }
                        )
                        .ToHashSet();
                    var words = given.isPublic
                        ? bench.Ticket.Description
                        : happened.OfType<InternalNoteAdded>().Single().Body;
                    return words == given.Body && kept.SetEquals(files) && bench.Ticket.Summary.Length <= 255;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_copy_begins_anew_with_what_the_ticket_holds()
    {
        var bench = Bench.WithIncident();
        bench.Accept(
            Company.Alice,
            new EditTicket(Fields: Bench.Change("vendor", new TextValue("Contoso")), Labels: ["vpn"])
        );
        bench.Accept(Company.Alice, new AssignTicket(Company.Alice.Id, null));
        bench.Accept(Company.Alice, Bench.To("in-progress"));
        var wish = new CopyWish(Channel.Workspace, [Bench.File()], [Bench.File(2)], [Company.Minho.Id]);
        var copy = new Bench { Facts = Company.Facts with { Related = new RelatedTicket(bench.Ticket, true) } };
        copy.Accept(Company.Alice, Duplicating.Of(bench.Ticket, wish, Company.Configuration));

        Assert.Equal(
            (bench.Ticket.Summary, bench.Ticket.Description, bench.Ticket.Priority, bench.Ticket.Type),
            (copy.Ticket.Summary, copy.Ticket.Description, copy.Ticket.Priority, copy.Ticket.Type)
        );
        Assert.Equal((bench.Ticket.Fields, bench.Ticket.Labels), (copy.Ticket.Fields, copy.Ticket.Labels));
        Assert.Equal(("new", null, 2), (copy.Ticket.Status, copy.Ticket.Assignee, copy.Ticket.Attachments));
        Assert.Equal<ValueList<PersonId>>([Company.Minho.Id], copy.Ticket.Participants);
        Assert.Equal(OriginKind.Duplicate, copy.Ticket.Origin!.Kind);
        Assert.Contains(copy.Log, one => one.Event is FilesAttached { Visibility: Visibility.Internal });
    }

    [Fact]
    public void A_copy_leaves_what_its_fields_no_longer_take_and_what_a_form_would_ask()
    {
        var old = ticket with
        {
            RequestType = "outage",
            Fields = Bench.Field("systems", new ChoicesValue(["gone"])).SetItem("amount", new NumberValue(1)),
        };
        var command = Duplicating.Of(old, new CopyWish(Channel.Api, [], [], []), Company.Configuration);
        var copy = new Bench { Facts = Company.Facts with { Related = new RelatedTicket(old, true) } };
        copy.Accept(Company.Alice, command);

        Assert.Equal(["amount"], command.Fields.Keys);
        Assert.Equal("outage", copy.Ticket.RequestType);
    }

    private static TicketState Source() =>
        Bench.WithIncident().Ticket with
        {
            Id = From,
            Key = new TicketKey("ITSD", 7),
            Participants = [Company.Minho.Id],
        };

    private static SplitMessage Message(string body, Visibility visibility, PersonId? author, bool byCustomer = true) =>
        new(4, visibility, author, byCustomer, body, [Bench.File()]);

    private static SplitWish Wish() => new("ITSD", "incident", null, Channel.Workspace);

    private Bench Open(SplitMessage message, Func<SplitWish, SplitWish>? change = null)
    {
        var bench = new Bench { Facts = Company.Facts with { Related = new RelatedTicket(ticket, true) } };
        bench.Accept(Company.Alice, Splitting.Of(ticket, message, (change ?? (wish => wish))(Wish())));
        return bench;
    }

    private Refusal Refused(RelatedTicket? related, SplitMessage message)
    {
        var bench = new Bench { Facts = Company.Facts with { Related = related } };
        return Assert.Single(bench.Send(Bench.By(Company.Alice, Splitting.Of(ticket, message, Wish()))).Refusals);
    }
}
