using NodaTime;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Tickets;

/// <summary>How an approval stands. Only a pending one changes.</summary>
public enum ApprovalState
{
    /// <summary>Answers are missing.</summary>
    Pending = 1,

    /// <summary>Every step has its approvals.</summary>
    Approved = 2,

    /// <summary>A step can no longer get its approvals.</summary>
    Declined = 3,

    /// <summary>Taken back, or left behind by a ticket that moved on.</summary>
    Withdrawn = 4,

    /// <summary>Nobody decided in time.</summary>
    Expired = 5,
}

/// <summary>
/// Ask people to approve. Without a policy the steps are given, and the ticket's requester is left out of
/// them; with one they, the expiry and the flags are the policy's. The transitions that follow are ways of the person who asks. Agents
/// ask anybody; the requester asks colleagues of the ticket's organization, in one step, where the request type allows it, or without one the ticket type.
/// </summary>
public sealed record RequestApproval : TicketCommand
{
    /// <summary>What is to be approved, one line; empty takes the policy's name.</summary>
    public string Title { get; init; } = string.Empty;

    /// <summary>The id of an <see cref="Configuration.ApprovalDocument"/>; null when the steps are given.</summary>
    public string? Policy { get; init; }

    /// <summary>Who is asked, step by step; without a policy at least one and at most 20.</summary>
    public ValueList<ApproversAsked> Steps { get; init; } = [];

    /// <summary>Whether all steps are asked at once; otherwise each after the one before it.</summary>
    public bool Parallel { get; init; }

    /// <summary>How long there is to answer; null is for ever.</summary>
    public Duration? ExpiresAfter { get; init; }

    /// <summary>How long whoever is asked may be silent before a reminder, and between two: at least an hour; null is no reminder.</summary>
    public Duration? RemindEvery { get; init; }

    /// <summary>Whether who declines must say why.</summary>
    public bool CommentOnDecline { get; init; }

    /// <summary>Whether the customers of the ticket see the approval.</summary>
    public bool CustomersSee { get; init; }

    /// <summary>Whether it is for the ticket's status: who leaves that withdraws it.</summary>
    public bool ForStatus { get; init; }

    /// <summary>The id of the transition that the ticket takes once it is approved; null for none.</summary>
    public string? WhenApproved { get; init; }

    /// <summary>The id of the transition that the ticket takes once it is declined or expired; null for none.</summary>
    public string? WhenDeclined { get; init; }
}

/// <summary>Who is asked in a step: people, members of teams and people of roles together.</summary>
/// <param name="Needed">How many must approve; null is all.</param>
/// <param name="Name">What the step is called; null for no name.</param>
public sealed record ApproversAsked(
    ValueList<PersonId> People,
    ValueList<TeamId> Teams,
    ValueList<string> Roles,
    int? Needed = null,
    string? Name = null
);

/// <summary>Answer an approval, as one of those who may answer now. Always for oneself.</summary>
/// <param name="Approval">Its id.</param>
/// <param name="Approves">Yes or no.</param>
/// <param name="Comment">Why; at most 10,000 characters. Needed for a no where the approval asks for it.</param>
public sealed record AnswerApproval(long Approval, bool Approves, string? Comment = null) : TicketCommand;

/// <summary>Let somebody else answer an approval in one's place, as one of those who may answer now. To an agent of the ticket's desk or somebody of one of one's organizations, and never to the ticket's requester.</summary>
/// <param name="Approval">Its id.</param>
/// <param name="To">Who is asked instead.</param>
/// <param name="Comment">Why; at most 10,000 characters, may be null.</param>
public sealed record DelegateApproval(long Approval, PersonId To, string? Comment = null) : TicketCommand;

/// <summary>Let the substitute of somebody who is absent answer an approval. The product alone; never to the ticket's requester, and not what customers asked.</summary>
/// <param name="Approval">Its id.</param>
/// <param name="Absent">Who is asked and absent.</param>
/// <param name="To">Who stands in.</param>
public sealed record HandApprovalOver(long Approval, PersonId Absent, PersonId To) : TicketCommand;

/// <summary>Try anew what the approval of the ticket's status could not do: ask, or take the transition that follows. Agents may.</summary>
public sealed record AskApprovalAgain : TicketCommand;

/// <summary>Note that the approval of the ticket's status cannot be asked. The product alone.</summary>
/// <param name="Policy">The id of the policy by which it would be.</param>
/// <param name="Why">Every reason.</param>
public sealed record NoteApprovalNotAsked(string Policy, ValueList<Refusal> Why) : TicketCommand;

/// <summary>Note that the ticket refused the transition that follows an approval. The product alone.</summary>
/// <param name="Approval">The approval's id.</param>
/// <param name="Transition">The id of the transition.</param>
/// <param name="Why">Every reason.</param>
public sealed record NoteApprovalNotFollowed(long Approval, string Transition, ValueList<Refusal> Why) : TicketCommand;

/// <summary>Take an approval back that is pending. Agents may, and who asked.</summary>
/// <param name="Approval">Its id.</param>
/// <param name="Reason">Why; at most 10,000 characters, may be null.</param>
public sealed record WithdrawApproval(long Approval, string? Reason = null) : TicketCommand;

/// <summary>Approval was asked for.</summary>
/// <param name="Approval">Unique in the ticket: the version of this event.</param>
/// <param name="Title">What is to be approved.</param>
/// <param name="Policy">The policy's id; null when it was asked by hand.</param>
/// <param name="Steps">The people that were asked, as teams and roles were then.</param>
/// <param name="Parallel">Whether all steps are asked at once.</param>
/// <param name="ExpiresAt">Until when there is time to answer; null for ever.</param>
/// <param name="CommentOnDecline">Whether who declines must say why.</param>
/// <param name="CustomersSee">Whether the customers of the ticket see the approval.</param>
/// <param name="ForStatus">The status for which it is; null for any.</param>
/// <param name="WhenApproved">The transition that is taken once it is approved.</param>
/// <param name="WhenDeclined">The transition that is taken once it is declined or expired.</param>
[StoredName("ticket.approval-requested", 1)]
public sealed record ApprovalRequested(
    long Approval,
    LocalizedText Title,
    string? Policy,
    ValueList<ApprovalStep> Steps,
    bool Parallel,
    Instant? ExpiresAt,
    bool CommentOnDecline,
    bool CustomersSee,
    string? ForStatus,
    string? WhenApproved,
    string? WhenDeclined
) : TicketEvent
{
    /// <summary>Whether a customer asked for it: a word of colleagues, and none of the desk's.</summary>
    public bool ByCustomer { get; init; }

    /// <summary>How long whoever is asked may be silent before a reminder, and between two; null is no reminder.</summary>
    public Duration? RemindEvery { get; init; }
}

/// <summary>Who is still asked was reminded.</summary>
/// <param name="Approval">The approval's id.</param>
/// <param name="People">Who could answer then.</param>
[StoredName("ticket.approval-reminded", 1)]
public sealed record ApprovalReminded(long Approval, ValueList<PersonId> People) : TicketEvent;

/// <summary>An approver answered.</summary>
/// <param name="Approval">The approval's id.</param>
/// <param name="Person">Who answered.</param>
/// <param name="Steps">The steps in which the answer counts, from 0.</param>
/// <param name="Approves">Yes or no.</param>
/// <param name="Comment">Why; null for no words.</param>
/// <param name="CustomersSee">As the approval's.</param>
[StoredName("ticket.approval-answered", 1)]
public sealed record ApprovalAnswered(
    long Approval,
    PersonId Person,
    ValueList<int> Steps,
    bool Approves,
    string? Comment,
    bool CustomersSee
) : TicketEvent;

/// <summary>An approver let somebody else answer.</summary>
/// <param name="Approval">The approval's id.</param>
/// <param name="From">Who was asked.</param>
/// <param name="To">Who is asked instead.</param>
/// <param name="Steps">The steps for which it holds, from 0.</param>
/// <param name="Comment">Why; null for no words.</param>
[StoredName("ticket.approval-delegated", 1)]
public sealed record ApprovalDelegated(long Approval, PersonId From, PersonId To, ValueList<int> Steps, string? Comment)
    : TicketEvent;

/// <summary>An approval ended. It never changes again.</summary>
/// <param name="Approval">The approval's id.</param>
/// <param name="State">How it ended; never pending.</param>
/// <param name="Reason">Why it was withdrawn; null for no words.</param>
/// <param name="CustomersSee">As the approval's.</param>
[StoredName("ticket.approval-ended", 1)]
public sealed record ApprovalEnded(long Approval, ApprovalState State, string? Reason, bool CustomersSee) : TicketEvent;

/// <summary>The approval of the ticket's status could not be asked: it waits for people.</summary>
/// <param name="Status">The id of the status.</param>
/// <param name="Policy">The id of the policy.</param>
/// <param name="Why">Every reason, as a refusal.</param>
[StoredName("ticket.approval-not-asked", 1)]
public sealed record ApprovalNotAsked(string Status, string Policy, ValueList<Refusal> Why) : TicketEvent;

/// <summary>The transition that follows an approval was refused: people must take it.</summary>
/// <param name="Approval">The approval's id.</param>
/// <param name="Transition">The id of the transition.</param>
/// <param name="Why">Every reason, as a refusal.</param>
[StoredName("ticket.approval-not-followed", 1)]
public sealed record ApprovalNotFollowed(long Approval, string Transition, ValueList<Refusal> Why) : TicketEvent;

/// <summary>Somebody let the product try anew what an approval could not do.</summary>
/// <param name="Status">The id of the ticket's status then.</param>
/// <param name="Approval">The approval whose transition was refused; null for one that could not be asked.</param>
[StoredName("ticket.approval-asked-again", 1)]
public sealed record ApprovalAskedAgain(string Status, long? Approval) : TicketEvent;

/// <summary>What an approval of a ticket could not do, until it is tried anew with success or the ticket leaves the status.</summary>
/// <param name="Policy">The id of the policy that could not be asked; null for a transition that was refused.</param>
/// <param name="Approval">The approval whose transition was refused; null for one that could not be asked.</param>
/// <param name="Transition">The id of that transition; null for one that could not be asked.</param>
/// <param name="Why">Every reason, as a refusal.</param>
/// <param name="At">Since when.</param>
public sealed record ApprovalTrouble(
    string? Policy,
    long? Approval,
    string? Transition,
    ValueList<Refusal> Why,
    Instant At
);

/// <summary>A step of an approval.</summary>
/// <param name="Approvers">Who may answer, each once.</param>
/// <param name="Needed">How many of them must approve: 1 up to all.</param>
/// <param name="Name">What it is called; null for no name.</param>
public sealed record ApprovalStep(ValueList<PersonId> Approvers, int Needed, LocalizedText? Name)
{
    /// <summary>Who of the approvers is asked in another's place.</summary>
    public ValueList<StandIn> StandIns { get; init; } = [];

    /// <summary>Whether those whom the policy names for such a case are asked, since the step itself had too few.</summary>
    public bool IsFallback { get; init; }

    /// <summary>In whose place an approver is asked; null for the own.</summary>
    public PersonId? For(PersonId approver) => StandIns.FirstOrDefault(one => one.Person == approver)?.For;
}

/// <summary>Somebody who is asked in another's place.</summary>
/// <param name="Person">Who is asked.</param>
/// <param name="For">Who would have been.</param>
public sealed record StandIn(PersonId Person, PersonId For);

/// <summary>An answer to an approval.</summary>
/// <param name="Person">Whose.</param>
/// <param name="Steps">In which steps it counts, from 0.</param>
/// <param name="Approves">Yes or no.</param>
/// <param name="Comment">Why; null for no words.</param>
/// <param name="At">When.</param>
public sealed record ApprovalAnswer(PersonId Person, ValueList<int> Steps, bool Approves, string? Comment, Instant At);

/// <summary>An approval of a ticket, with everything that was answered.</summary>
public sealed record Approval
{
    /// <summary>After so many reminders no more come.</summary>
    public const int MostReminders = 10;

    /// <summary>Unique in the ticket.</summary>
    public required long Id { get; init; }

    /// <summary>What is to be approved, one line.</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>The policy by which it was asked; null when by hand.</summary>
    public string? Policy { get; init; }

    /// <summary>Who is asked, step by step.</summary>
    public required ValueList<ApprovalStep> Steps { get; init; }

    /// <summary>Whether all steps are asked at once; otherwise each after the one before it.</summary>
    public bool Parallel { get; init; }

    /// <summary>The answers so far, in order.</summary>
    public ValueList<ApprovalAnswer> Answers { get; init; } = [];

    /// <summary>How it stands.</summary>
    public ApprovalState State { get; init; } = ApprovalState.Pending;

    /// <summary>When it was asked.</summary>
    public required Instant RequestedAt { get; init; }

    /// <summary>Who asked; null for the product.</summary>
    public PersonId? RequestedBy { get; init; }

    /// <summary>Whether a customer asked; queries for <c>approval</c> pass over it, so that it opens none of the desk's gates.</summary>
    public bool ByCustomer { get; init; }

    /// <summary>Until when there is time to answer; null for ever.</summary>
    public Instant? ExpiresAt { get; init; }

    /// <summary>How long whoever is asked may be silent before a reminder, and between two; null is no reminder.</summary>
    public Duration? RemindEvery { get; init; }

    /// <summary>When whoever was still asked was last reminded; null for never.</summary>
    public Instant? RemindedAt { get; init; }

    /// <summary>When it was last let be answered by somebody else; null for never.</summary>
    public Instant? HandedAt { get; init; }

    /// <summary>How often it was reminded of.</summary>
    public int Reminders { get; init; }

    /// <summary>When it ended; null while it is pending.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>Why it was withdrawn; null for no words.</summary>
    public string? EndReason { get; init; }

    /// <summary>Whether who declines must say why.</summary>
    public bool CommentOnDecline { get; init; }

    /// <summary>Whether the customers of the ticket see it.</summary>
    public bool CustomersSee { get; init; }

    /// <summary>The status for which it is; null for any.</summary>
    public string? ForStatus { get; init; }

    /// <summary>The transition that is taken once it is approved.</summary>
    public string? WhenApproved { get; init; }

    /// <summary>The transition that is taken once it is declined or expired.</summary>
    public string? WhenDeclined { get; init; }

    /// <summary>How a step stands by counting: approved once enough approve, declined once enough no longer can.</summary>
    /// <param name="step">Its place, from 0.</param>
    public ApprovalState StateOf(int step)
    {
        var answers = Answers.Where(answer => answer.Steps.Contains(step)).ToList();
        var (asked, needed) = (Steps[step].Approvers.Count, Steps[step].Needed);
        return answers.Count(answer => answer.Approves) >= needed ? ApprovalState.Approved
            : answers.Count(answer => !answer.Approves) > asked - needed ? ApprovalState.Declined
            : ApprovalState.Pending;
    }

    /// <summary>How all steps together stand by counting.</summary>
    public ApprovalState Counted()
    {
        var states = Enumerable.Range(0, Steps.Count).Select(StateOf).ToList();
        return states.Contains(ApprovalState.Declined) ? ApprovalState.Declined
            : states.TrueForAll(state => state == ApprovalState.Approved) ? ApprovalState.Approved
            : ApprovalState.Pending;
    }

    /// <summary>The steps that are asked now: of sequential ones the first that is not decided, of parallel ones all such. None once it has ended.</summary>
    public IEnumerable<int> OpenSteps()
    {
        if (State != ApprovalState.Pending)
        {
            return [];
        }

        var undecided = Enumerable.Range(0, Steps.Count).Where(step => StateOf(step) == ApprovalState.Pending);
        return Parallel ? undecided : undecided.Take(1);
    }

    /// <summary>The open steps in which the person is asked and has not answered.</summary>
    public IEnumerable<int> StepsFor(PersonId person) =>
        OpenSteps().Where(step => Steps[step].Approvers.Contains(person) && !HasAnswered(person, step));

    /// <summary>When it is reminded of next, unless it ends or somebody answers before; null for never.</summary>
    public Instant? RemindsAt()
    {
        if (State != ApprovalState.Pending || RemindEvery is not { } every || Reminders >= MostReminders)
        {
            return null;
        }

        var spoken = Answers
            .Select(answer => answer.At)
            .Concat([RequestedAt, HandedAt ?? RequestedAt, RemindedAt ?? RequestedAt])
            .Max();
        return ExpiresAt <= spoken + every ? null : spoken + every;
    }

    /// <summary>Who may answer now.</summary>
    public IEnumerable<PersonId> WaitingFor() =>
        OpenSteps().SelectMany(step => Steps[step].Approvers.Where(person => !HasAnswered(person, step))).Distinct();

    /// <summary>Whether the person may answer now.</summary>
    public bool MayAnswer(PersonId person) => StepsFor(person).Any();

    /// <summary>Whether the person is asked now or has answered: who sees the approval without being an agent.</summary>
    public bool Concerns(PersonId person) => MayAnswer(person) || Answers.Any(answer => answer.Person == person);

    private bool HasAnswered(PersonId person, int step) =>
        Answers.Any(answer => answer.Person == person && answer.Steps.Contains(step));
}

/// <summary>What the approvals of a ticket say together.</summary>
public static class TicketApprovals
{
    /// <summary>The approval with this id; null when there is none.</summary>
    public static Approval? FindApproval(this TicketState ticket, long id) =>
        ticket.Approvals.FirstOrDefault(approval => approval.Id == id);

    /// <summary>Who may answer one of its approvals now.</summary>
    public static IEnumerable<PersonId> Approvers(this TicketState ticket) =>
        ticket.Approvals.SelectMany(approval => approval.WaitingFor()).Distinct();

    /// <summary>Who has answered one of its approvals.</summary>
    public static IEnumerable<PersonId> HaveAnswered(this TicketState ticket) =>
        ticket.Approvals.SelectMany(approval => approval.Answers.Select(answer => answer.Person)).Distinct();
}
