using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Tests.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tests.Automation;

/// <summary>Alice works on what Bora asked.</summary>
public sealed class RuleSilenceTests
{
    private static readonly Actor Acknowledging = new(ActorKind.Rule, Name: "acknowledge");

    private readonly Bench bench = Bench.WithIncident();

    [Fact]
    public void Words_and_files_of_the_other_side_are_an_answer()
    {
        Say(Company.Alice);
        Assert.Equal(RuleSilence.Holds, Silence(RuleAuthor.Agent));
        bench.Accept(Company.Alice, new AddInternalNote("Known to us", []));
        bench.Accept(Company.Alice, new AttachFiles([Bench.File()], Visibility.Internal));
        bench.Accept(Company.Alice, new AttachFiles([Bench.File(2)], Visibility.Public));
        Assert.Equal(RuleSilence.Holds, Silence(RuleAuthor.Agent));

        bench.Accept(Company.Bora, new AttachFiles([Bench.File(3)], Visibility.Public));
        Assert.Equal(RuleSilence.Answered, Silence(RuleAuthor.Agent));
        Say(Company.Bora);
        Assert.Equal(RuleSilence.Answered, Silence(RuleAuthor.Agent));
    }

    [Fact]
    public void What_came_before_breaks_no_silence()
    {
        Say(Company.Bora);
        Say(Company.Alice);

        Assert.Equal(RuleSilence.Holds, Silence(RuleAuthor.Agent));
        Assert.Equal(RuleSilence.Answered, Silence(RuleAuthor.Customer));
    }

    [Fact]
    public void What_rules_and_the_product_write_is_no_answer_to_a_customer()
    {
        Say(Company.Bora);
        bench.Accept(new CommandEnvelope(new AddPublicComment("We have it", []), Acknowledging));
        bench.Accept(new CommandEnvelope(new AddPublicComment("Noted", []), Actor.System));
        Assert.Equal(RuleSilence.Holds, Silence(RuleAuthor.Customer));

        Say(Company.Alice);
        Assert.Equal(RuleSilence.Answered, Silence(RuleAuthor.Customer));
    }

    [Fact]
    public void Another_word_of_the_same_side_begins_it_anew_and_files_alone_do_not()
    {
        Say(Company.Alice);
        bench.Accept(new CommandEnvelope(new AddPublicComment("We have it", []), Acknowledging));
        bench.Accept(Company.Alice, new AttachFiles([Bench.File()], Visibility.Public));
        Assert.Equal(RuleSilence.Holds, Silence(RuleAuthor.Agent));

        Say(Company.Alice);
        Assert.Equal(RuleSilence.BegunAnew, Silence(RuleAuthor.Agent));
    }

    [Fact]
    public void A_trigger_that_waits_for_no_silence_is_not_answered()
    {
        Say(Company.Alice);
        Say(Company.Bora);

        Assert.Equal(RuleSilence.Holds, Silence(RuleAuthor.Agent, unanswered: false));
    }

    private void Say(Person person) => bench.Accept(person, new AddPublicComment("Words", []));

    // Since the first public comment of the side.
    private RuleSilence Silence(RuleAuthor by, bool unanswered = true)
    {
        var began = bench.Log.First(one =>
            one.Event is PublicCommentAdded comment && comment.ByCustomer == (by == RuleAuthor.Customer)
        );
        var trigger = new RuleTrigger
        {
            On = TriggerWords.Commented,
            By = by,
            Unanswered = unanswered,
        };
        return trigger.SilenceSince(began, bench.Log, bench.Ticket);
    }
}
