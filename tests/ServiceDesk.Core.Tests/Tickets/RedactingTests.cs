using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

public sealed class RedactingTests
{
    private const string Card = "4111 1111 1111 1111";

    private readonly Bench bench = Bench.WithIncident();

    [Fact]
    public void A_passage_goes_wherever_it_stands_and_the_event_does_not_say_what_it_was()
    {
        bench.Accept(Company.Alice, new EditTicket(Description: $"Card {Card}, as she said"));
        bench.Accept(Company.Bora, new AddPublicComment($"My card is {Card}!", []));
        bench.Accept(Company.Alice, new AddInternalNote($"> {Card}\n\nchecked", []));
        bench.Accept(Company.Alice, new AddPublicComment("Thank you", []));

        var told = (TextRedacted)Assert.Single(Redact(Company.Admin, $" {Card}\r\n"));

        Assert.Equal<ValueList<long>>([3, 4], told.Comments);
        Assert.Equal(
            (null, "Card ████, as she said", Card.Length, Visibility.Public, "card number"),
            (told.Summary, told.Description, told.Length, told.Visibility, told.Reason)
        );
        Assert.Equal("Card ████, as she said", bench.Ticket.Description);
        Assert.DoesNotContain(Card, told.ToString(), StringComparison.Ordinal);
        Assert.Equal(Audience.Everyone, Audiences.Of(told));
    }

    [Fact]
    public void What_stood_in_a_note_alone_stays_between_agents()
    {
        bench.Accept(Company.Alice, new AddInternalNote("the password is swordfish", []));

        var told = (TextRedacted)Assert.Single(Redact(Company.Admin, "swordfish"));

        Assert.Equal(Visibility.Internal, told.Visibility);
        Assert.Equal(Audience.Agents, Audiences.Of(told));
    }

    [Fact]
    public void An_earlier_wording_is_found_though_nobody_sees_it_any_more()
    {
        bench.Accept(Company.Alice, new EditTicket(Description: "It was swordfish"));
        bench.Accept(Company.Alice, new EditTicket(Description: "Nothing"));

        var told = (TextRedacted)Assert.Single(Redact(Company.Admin, "swordfish"));

        Assert.Equal((null, "Nothing"), (told.Description, bench.Ticket.Description));
    }

    [Fact]
    public void Who_may_not_and_what_tells_nothing_is_refused()
    {
        bench.Accept(Company.Bora, new AddPublicComment("swordfish ████", []));

        Assert.Equal(RefusalCodes.RedactionPermission, Refuse(Company.Alice, "swordfish"));
        Assert.Equal(RefusalCodes.AgentsOnly, Refuse(Company.Bora, "swordfish"));
        Assert.Equal(RefusalCodes.RedactionNotThere, Refuse(Company.Admin, "Swordfish"));
        Assert.Equal(RefusalCodes.RedactionTooLittle, Refuse(Company.Admin, "s"));
        Assert.Equal(RefusalCodes.RedactionTooLittle, Refuse(Company.Admin, "████"));
        Assert.Equal(RefusalCodes.TextRequired, Refuse(Company.Admin, " \n "));
        Assert.Equal(RefusalCodes.TextRequired, Refuse(Company.Admin, "swordfish", reason: " "));
        Assert.Equal(RefusalCodes.RedactionReasonTells, Refuse(Company.Admin, "swordfish", "was swordfish"));
        Assert.Equal(
            RefusalCodes.PartsNotPossible,
            bench.Refuse(Company.Admin, new ChangeTicket([new RedactText("swordfish", "x")])).Code
        );
    }

    [Fact]
    public void A_file_goes_once_and_its_places_count_no_more()
    {
        bench.Accept(Company.Bora, new AddPublicComment("see", [Bench.File(7, "passport.png")]));
        bench.Accept(Company.Alice, new AttachFiles([Bench.File(7, "passport.png")], Visibility.Internal));
        Known();

        var told = (FileRedacted)Assert.Single(bench.Accept(Company.Admin, new RedactFile(7, " picture ", "passport")));

        Assert.Equal(new FileRedacted(7, "picture", 2, Visibility.Public, "passport"), told);
        Assert.Equal(0, bench.Ticket.Attachments);
        Known();
        Assert.Equal(RefusalCodes.FileRedacted, bench.Refuse(Company.Admin, new RedactFile(7, null, "again")).Code);
        Assert.Equal(RefusalCodes.FileNotThere, bench.Refuse(Company.Admin, new RedactFile(8, null, "x")).Code);
        Assert.Equal(RefusalCodes.RedactionPermission, bench.Refuse(Company.Alice, new RedactFile(7, null, "x")).Code);
    }

    [Fact]
    public void The_log_without_the_passage_leads_to_the_same_ticket() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonEmptyString>(),
                ArbMap.Default.ArbFor<NonEmptyString>(),
                (words, passage) => LeadsToTheSame(words, passage)
            )
            .QuickCheckThrowOnFailure();

    private static void LeadsToTheSame(NonEmptyString words, NonEmptyString passage)
    {
        var lived = Bench.WithIncident();
        var (text, gone) = (Plain(words.Get), Plain(passage.Get));
        lived.Accept(Company.Alice, new EditTicket(Description: $"{text}{gone}{text}"));
        lived.Accept(Company.Bora, new AddPublicComment($"say {gone}{gone}", []));
        lived.Facts = Company.Facts with { Log = lived.Log.ToValueList() };
        var command = new RedactText(gone, "because");
        lived.Accept(Company.Admin, command);

        var redaction = Redaction.Of(command)!;
        var log = lived.Log.Select(one => one with { Event = redaction.Without(one.Event) }).ToList();
        var again = log.Aggregate(
            (TicketState?)null,
            (ticket, one) => Ticket.Evolve(ticket, one, TicketExtensions.None)
        );

        Assert.Equal(lived.Ticket, again);
        Assert.DoesNotContain(log, one => redaction.IsIn(one.Event));
        Assert.True(again!.Description.Length <= text.Length + gone.Length + text.Length);
    }

    // Storable words without what a decision refuses.
    private static string Plain(string text) =>
        $"가{string.Concat(text.Where(sign => !char.IsControl(sign) && !char.IsSurrogate(sign)))}나";

    private IReadOnlyList<TicketEvent> Redact(Person person, string passage)
    {
        Known();
        return bench.Accept(person, new RedactText(passage, "card number"));
    }

    private string Refuse(Person person, string passage, string reason = "why")
    {
        Known();
        return bench.Refuse(person, new RedactText(passage, reason)).Code;
    }

    // As the host looks it up.
    private void Known() => bench.Facts = Company.Facts with { Log = bench.Log.ToValueList() };
}
