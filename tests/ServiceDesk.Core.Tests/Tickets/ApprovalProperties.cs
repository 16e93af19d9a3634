using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

/// <summary>What holds for approvals whatever is answered in whatever order.</summary>
public class ApprovalProperties
{
    private const long Id = 7;

    /// <summary>An approval, what each approver says in each step where one is asked, and an order.</summary>
    private static readonly Gen<(Approval Approval, IReadOnlyList<(PersonId Person, bool Says)> Answers)> Votes =
        from parallel in Gen.Elements(true, false)
        from count in Gen.Choose(1, 3)
        from sizes in Gen.Choose(1, 4).ArrayOf(count)
        from shares in Gen.Choose(0, 100).ArrayOf(count)
        from says in Gen.Elements(true, true, false).ArrayOf(12)
        from order in Gen.Choose(0, 1_000_000).ArrayOf(12)
        // Each person sits in one step, so that one vote is one answer.
        let steps = sizes
            .Select(
                (size, step) =>
                    new ApprovalStep(
                        Enumerable.Range(0, size).Select(at => new PersonId((step * 4) + at)).ToValueList(),
                        1 + (shares[step] * (size - 1) / 100),
                        null
                    )
            )
            .ToValueList()
        select (
            new Approval
            {
                Id = Id,
                Title = LocalizedText.Of("May we?"),
                Steps = steps,
                Parallel = parallel,
                RequestedAt = Bench.Start,
            },
            (IReadOnlyList<(PersonId, bool)>)
                [
                    .. steps
                        .SelectMany(step => step.Approvers)
                        .OrderBy(person => order[person.Value])
                        .Select(person => (person, says[person.Value])),
                ]
        );

    [Fact]
    public void Any_order_of_answers_ends_as_counting_all_of_them_does() =>
        Prop.ForAll(
                Votes.ToArbitrary(),
                vote =>
                {
                    var says = vote.Answers.ToDictionary(answer => answer.Person, answer => answer.Says);
                    var expected = vote.Approval.Steps.All(step =>
                        step.Approvers.Count(person => says[person]) >= step.Needed
                    );

                    Assert.Equal(
                        expected ? ApprovalState.Approved : ApprovalState.Declined,
                        Play(vote.Approval, vote.Answers).State
                    );
                    Assert.Equal(
                        expected ? ApprovalState.Approved : ApprovalState.Declined,
                        Play(vote.Approval, [.. vote.Answers.Reverse()]).State
                    );
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Nobody_counts_twice_and_what_ended_never_changes() =>
        Prop.ForAll(
                Votes.ToArbitrary(),
                vote =>
                {
                    var ended = Play(vote.Approval, [.. vote.Answers, .. vote.Answers]);
                    foreach (var step in Enumerable.Range(0, ended.Steps.Count))
                    {
                        var voters = ended.Answers.Where(one => one.Steps.Contains(step)).Select(one => one.Person);
                        Assert.Equal(voters.Distinct().Count(), voters.Count());
                        Assert.All(voters, person => Assert.Contains(person, ended.Steps[step].Approvers));
                    }

                    Assert.Empty(ended.WaitingFor());
                    foreach (var person in vote.Answers.Select(answer => answer.Person))
                    {
                        var again = new ApprovalAnswered(Id, person, [0, 1, 2], false, null, false);
                        Assert.Equal([ended], ApprovalFold.Answered([ended], again, Bench.Start));
                    }

                    foreach (var state in Enum.GetValues<ApprovalState>())
                    {
                        var end = new ApprovalEnded(Id, state, "again", false);
                        Assert.Equal([ended], ApprovalFold.Ended([ended], end, Bench.Start + Duration.FromDays(1)));
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    // Whoever may answer does, again and again in the given order, until it has ended.
    private static Approval Play(Approval approval, IReadOnlyList<(PersonId Person, bool Says)> answers)
    {
        for (var round = 0; round <= approval.Steps.Count; round++)
        {
            foreach (var (person, says) in answers.Where(answer => approval.MayAnswer(answer.Person)))
            {
                var answered = new ApprovalAnswered(
                    Id,
                    person,
                    approval.StepsFor(person).ToValueList(),
                    says,
                    null,
                    false
                );
                approval = ApprovalFold.Answered([approval], answered, Bench.Start)[0];
                if (approval.Counted() is var outcome && outcome != ApprovalState.Pending)
                {
                    approval = ApprovalFold.Ended([approval], new(Id, outcome, null, false), Bench.Start)[0];
                }
            }
        }

        return approval;
    }
}
