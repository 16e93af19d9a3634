using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Automation;

/// <summary>What an action comes to on a ticket: a command, nothing to do, or why it cannot be done.</summary>
/// <param name="Command">Null when there is nothing to do, or it cannot be done.</param>
/// <param name="Refusals">Why not.</param>
public sealed record RulePlan(TicketCommand? Command, ValueList<Refusal> Refusals)
{
    /// <summary>What people are to be told; null for nothing.</summary>
    public RuleNotice? Notice { get; init; }

    /// <summary>Whom it concerns: who is told, or put on watch.</summary>
    public ValueList<PersonId> People { get; init; } = [];

    /// <summary>Nothing to do.</summary>
    public static RulePlan Nothing { get; } = new(null, []);

    internal static RulePlan To(TicketCommand command) => new(command, []);

    internal static RulePlan Not(params ReadOnlySpan<Refusal> refusals) => new(null, ValueList.Create(refusals));
}

/// <summary>What people are to be told, and who.</summary>
public sealed record RuleNotice(LocalizedText Text, ValueList<PersonId> People);

/// <summary>Turns actions of rules into commands. Pure; whether a command is allowed is the ticket's decision.</summary>
public static class RulePlanner
{
    private static readonly string[] NoWords = [];

    /// <summary>E-mail addresses and names of teams that have to be looked up before actions are planned.</summary>
    public static (IReadOnlyCollection<string> Emails, IReadOnlyCollection<string> Teams) Mentioned(
        IEnumerable<RuleAction> actions
    )
    {
        var list = actions.ToList();
        return (
            [
                .. list.SelectMany(action => action.People.Append(action.Assignee))
                    .Where(word => IsName(word) && !PeopleWords.IsWord(word!))
                    .Select(email => email!.ToLowerInvariant()),
            ],
            [
                .. list.Select(action => action.Team)
                    .Concat(list.SelectMany(action => action.People).Select(PeopleWords.TeamIn))
                    .Where(IsName)
                    .OfType<string>(),
            ]
        );

        static bool IsName(string? word) => word is not (null or ActionWords.Nobody);
    }

    /// <summary>The command for an action.</summary>
    public static RulePlan Plan(RuleAction action, RuleScene scene, RuleVocabulary vocabulary) =>
        action.Do switch
        {
            ActionWords.Edit => Edit(action, scene),
            ActionWords.Assign => Assign(action, scene),
            ActionWords.Priority => action.Priority is { } priority
                ? RulePlan.To(new SetPriority(priority))
                : RulePlan.Nothing,
            ActionWords.Raise => Raise(scene),
            ActionWords.Watch => Watch(action, scene),
            ActionWords.Rule => action.Rule is { } rule ? RulePlan.To(new CallRule(rule)) : RulePlan.Nothing,
            ActionWords.Comment => Comment(action, scene),
            ActionWords.Transition => Transition(action, scene),
            ActionWords.Notify => Notify(action, scene),
            ActionWords.Create => Guarded(action, () => RuleOpenings.Plan(action, scene, vocabulary)),
            ActionWords.Approval => Ask(action, scene),
            ActionWords.Webhook => scene.Place is { } place
                ? RulePlan.To(new CallWebhook(place.Rule, place.Branch, place.Number))
                : RulePlan.Nothing,
            _ => OfPlugin(action, scene, vocabulary),
        };

    // What a plugin throws is counted by whoever guards it.
    private static RulePlan Guarded(RuleAction action, Func<RulePlan> plan)
    {
        try
        {
            return plan();
        }
        catch (Exception)
        {
            return RulePlan.Not(Refusal.Conflict(RuleRefusals.ActionFailed, action.Do));
        }
    }

    private static RulePlan Edit(RuleAction action, RuleScene scene)
    {
        var (fields, refusals) = Fields(action, scene);
        if (refusals.Count > 0)
        {
            return new RulePlan(null, refusals);
        }

        var labels = scene.Ticket.State.Labels;
        var after = labels
            .Except(action.RemoveLabels.Select(Label), StringComparer.Ordinal)
            .Union(action.AddLabels.Select(Label), StringComparer.Ordinal)
            .ToValueList();
        var summary = action.Summary is { } text ? OneLine(scene.Plain(text)) : null;
        return summary is null && fields.Count == 0 && after.Equals(labels)
            ? RulePlan.Nothing
            : RulePlan.To(
                new EditTicket(
                    summary,
                    Fields: fields.Count == 0 ? null : fields,
                    Labels: after.Equals(labels) ? null : after
                )
            );
    }

    private static RulePlan Assign(RuleAction action, RuleScene scene)
    {
        var now = (scene.Ticket.State.Assignee, scene.Ticket.State.Team);
        var (assignee, team, refusal) = Receivers(action, scene, now);
        return refusal is null
            ? RulePlan.To(new AssignTicket(assignee, team) { ToStandIn = IsToStandIn(action) })
            : RulePlan.Not(refusal);
    }

    // Whoever takes it for oneself is there.
    internal static bool IsToStandIn(RuleAction action) =>
        action.Assignee is not (null or ActionWords.Nobody or ActionWords.Me);

    internal static (PersonId? Assignee, TeamId? Team, Refusal? Refusal) Receivers(
        RuleAction action,
        RuleScene scene,
        (PersonId? Assignee, TeamId? Team) now
    )
    {
        var (assignee, team) = now;
        switch (action.Assignee)
        {
            case null:
                break;
            case ActionWords.Nobody:
                assignee = null;
                break;
            case ActionWords.Me when scene.Agent is { } agent:
                assignee = agent.Id;
                break;
            case PeopleWords.Lead or PeopleWords.Manager:
                // Where nobody was named, the ticket stays with whom it is.
                assignee = (action.Assignee == PeopleWords.Lead ? scene.Facts.Lead : scene.Facts.Manager) ?? assignee;
                break;
            case var email when scene.Facts.ByEmail.TryGetValue(email.ToLowerInvariant(), out var person):
                assignee = person.Id;
                break;
            default:
                return (null, null, Refusal.Invalid(RuleRefusals.PersonUnknown, null, action.Assignee));
        }

        switch (action.Team)
        {
            case null:
                break;
            case ActionWords.Nobody:
                team = null;
                break;
            case var name when scene.Facts.ByName.TryGetValue(name, out var found):
                team = found.Id;
                break;
            default:
                return (null, null, Refusal.Invalid(RuleRefusals.TeamUnknown, null, action.Team));
        }

        return (assignee, team, null);
    }

    private static RulePlan Comment(RuleAction action, RuleScene scene)
    {
        if (action.Text is not { } text)
        {
            return RulePlan.Nothing;
        }

        var isPublic = action.Visibility == Visibility.Public;
        var state = scene.Ticket.State;
        var language = isPublic
            ? scene.LanguageOf(state.Requester)
            : scene.Agent?.Language ?? scene.LanguageOf(state.Assignee);
        var body = scene.Markdown(text.In(language), language);
        return RulePlan.To(isPublic ? new AddPublicComment(body, []) : new AddInternalNote(body, []));
    }

    // The highest stays.
    private static RulePlan Raise(RuleScene scene) =>
        Enum.GetValues<Priority>().Where(priority => priority > scene.Ticket.State.Priority).ToList() is [var next, ..]
            ? RulePlan.To(new SetPriority(next))
            : RulePlan.Nothing;

    private static RulePlan Watch(RuleAction action, RuleScene scene)
    {
        var (people, refusal) = Meant(action, scene);
        if (refusal is not null)
        {
            return RulePlan.Not(refusal);
        }

        var fresh = people
            .Where(person => !scene.Ticket.State.Watchers.Contains(person))
            .Select(TicketCommand (person) => new WatchTicket(person, Watch: true));
        return To(fresh.ToValueList()) with { People = people };
    }

    private static (ValueList<PersonId> People, Refusal? Refusal) Meant(RuleAction action, RuleScene scene)
    {
        var people = new List<PersonId>();
        foreach (var word in action.People)
        {
            if (PeopleWords.Meant(word, scene) is not { } found)
            {
                return ([], Refusal.Invalid(RuleRefusals.PersonUnknown, null, word));
            }

            people.AddRange(found);
        }

        return (people.Distinct().ToValueList(), null);
    }

    private static RulePlan Notify(RuleAction action, RuleScene scene)
    {
        var (people, refusal) = Meant(action, scene);
        if (refusal is not null)
        {
            return RulePlan.Not(refusal);
        }

        var text = (action.Text?.Texts ?? ValueMap<string>.Empty).Select(entry =>
            KeyValuePair.Create(entry.Key, scene.Plain(entry.Value, entry.Key))
        );
        return people.Count == 0
            ? RulePlan.Nothing
            : RulePlan.Nothing with
            {
                Notice = new RuleNotice(new LocalizedText(ValueMap<string>.From(text)), people),
                People = people,
            };
    }

    private static RulePlan Transition(RuleAction action, RuleScene scene)
    {
        if (action.To is not { } to || scene.Ticket.State.Status == to)
        {
            return RulePlan.Nothing;
        }

        var (fields, refusals) = Fields(action, scene);
        return refusals.Count > 0
            ? new RulePlan(null, refusals)
            : RulePlan.To(new TransitionTicket(to, action.Resolution, fields));
    }

    // What is being asked already is not asked again.
    private static RulePlan Ask(RuleAction action, RuleScene scene) =>
        action.Approval is not { } policy
        || scene.Ticket.State.Approvals.Any(asked => asked.Policy == policy && asked.State == ApprovalState.Pending)
            ? RulePlan.Nothing
            : RulePlan.To(new RequestApproval { Policy = policy });

    private static RulePlan OfPlugin(RuleAction action, RuleScene scene, RuleVocabulary vocabulary)
    {
        if (vocabulary.Action(action.Do) is not { } known)
        {
            return RulePlan.Not(Refusal.Invalid(RuleRefusals.ActionUnknown, null, action.Do));
        }

        var with = ValueMap<string>.From(
            action.With.Select(entry => KeyValuePair.Create(entry.Key, scene.Plain(entry.Value)))
        );
        return Guarded(
            action,
            () =>
                To(
                    known
                        .Commands(scene.Ticket, with)
                        .Select(command => RuleOpenings.Joined(command, known.Join, scene, vocabulary))
                        .ToValueList()
                )
        );
    }

    private static RulePlan To(ValueList<TicketCommand> commands) =>
        commands.Count switch
        {
            0 => RulePlan.Nothing,
            1 => RulePlan.To(commands[0]),
            _ => RulePlan.To(new ChangeTicket(commands)),
        };

    internal static (ValueMap<FieldValue?> Fields, ValueList<Refusal> Refusals) Fields(
        RuleAction action,
        RuleScene scene
    )
    {
        var fields = ValueMap<FieldValue?>.Empty;
        var refusals = new List<Refusal>();
        foreach (var (id, text) in action.Fields)
        {
            var filled = scene.Plain(text);
            if (!scene.Configuration.TryGet<FieldDocument>(id, out var field))
            {
                refusals.Add(Refusal.Invalid(RuleRefusals.FieldUnknown, $"fields.{id}", id));
            }
            else if (PlainFields.TryRead(field.Kind, filled, out var value))
            {
                fields = fields.SetItem(id, value);
            }
            else
            {
                refusals.Add(Refusal.Invalid(RuleRefusals.FieldValue, $"fields.{id}", filled, id));
            }
        }

        return (fields, refusals.ToValueList());
    }

    internal static string Label(string label) => label.Trim().ToLowerInvariant();

    internal static string OneLine(string text) =>
        string.Join(' ', text.Split(NoWords, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}

/// <summary>Text keys of what rules themselves say no to.</summary>
public static class RuleRefusals
{
    public const string PersonUnknown = "rule.refused-person-unknown";
    public const string TeamUnknown = "rule.refused-team-unknown";
    public const string FieldUnknown = "rule.refused-field-unknown";
    public const string FieldValue = "rule.refused-field-value";
    public const string ActionUnknown = "rule.refused-action-unknown";
    public const string ActionFailed = "rule.refused-action-failed";
    public const string RelationUnknown = "rule.refused-relation-unknown";
    public const string ActorGone = "rule.refused-actor-gone";
    public const string ScriptGone = "rule.refused-script-gone";
    public const string ScriptsBusy = "rule.refused-scripts-busy";
    public const string ScriptFailed = "rule.refused-script-failed";
}
