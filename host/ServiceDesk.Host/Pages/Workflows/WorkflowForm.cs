using System.Globalization;
using System.Text.Json;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Rules.Editing;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Workflows;

/// <summary>
/// Reads a workflow from the editor's form. The form carries the whole document along and shows one part of it at a time: the
/// open one is read from its controls, everything else stays as it is carried.
/// </summary>
/// <param name="form">What was sent.</param>
/// <param name="vocabulary">The actions of plugins.</param>
public sealed class WorkflowForm(IFormCollection form, RuleVocabulary vocabulary) : EditorForm(form)
{
    /// <summary>Before the names of the controls of the open part.</summary>
    public const string Item = "item";

    /// <summary>The part that was open.</summary>
    public WorkflowPart Open => WorkflowPart.Parse(Text("open"));

    /// <summary>The workflow as it is written; it need not be valid.</summary>
    public WorkflowDocument Read()
    {
        var rest = Rest();
        var workflow = rest with
        {
            Id = rest.Id.Length > 0 ? rest.Id : Given("id") ?? Named("name", "workflow"),
            Name = Words("name", rest.Name) ?? LocalizedText.Of(""),
        };
        return Open switch
        {
            { Kind: WorkflowPart.Status } open when open.Place < workflow.Statuses.Count => workflow with
            {
                Statuses = workflow.Statuses.SetItem(open.Place, Status(workflow, open.Place)),
            },
            { Kind: WorkflowPart.Transition } open when open.Place < workflow.Transitions.Count => workflow with
            {
                Transitions = workflow.Transitions.SetItem(open.Place, Transition(workflow, open.Place)),
            },
            { Kind: WorkflowPart.Resolutions } => workflow with
            {
                Resolutions = Parts($"{Item}.resolution", "name-en", path => Resolution(path, workflow.Resolutions)),
            },
            { Kind: WorkflowPart.Ends } => Ends(workflow),
            _ => workflow,
        };
    }

    /// <summary>Where tickets go whose statuses vanish: the chosen status by the one that is gone.</summary>
    public IReadOnlyDictionary<string, string> Replacements() =>
        Form
            .Keys.Where(name => name.StartsWith("replace.", StringComparison.Ordinal) && Given(name) is not null)
            .ToDictionary(name => name["replace.".Length..], Text, StringComparer.Ordinal);

    private WorkflowDocument Rest()
    {
        try
        {
            if (Text("rest") is { Length: > 0 } json)
            {
                return (WorkflowDocument)DocumentText.FromStored(DocumentKinds.Workflow, json);
            }
        }
        catch (JsonException)
        {
            // A form that was tampered with, or of another version: it begins anew.
        }

        return WorkflowEdits.Blank();
    }

    private WorkflowStatus Status(WorkflowDocument workflow, int place)
    {
        var rest = workflow.Statuses[place];
        var category = Word<StatusCategory>($"{Item}.category") ?? rest.Category;
        var others = workflow.Statuses.Where((_, index) => index != place).Select(status => status.Id);
        return rest with
        {
            Id = rest.Id.Length > 0 ? rest.Id : Free(Named($"{Item}.name", "status"), others),
            Name = Words($"{Item}.name", rest.Name) ?? LocalizedText.Of(""),
            CustomerName = Words($"{Item}.customer", rest.CustomerName),
            Category = category,
            WaitsFor = category == StatusCategory.Waiting ? Word<WaitsFor>($"{Item}.waits") : null,
            Closes = category == StatusCategory.Done && IsTicked($"{Item}.closes"),
            Approval = Given($"{Item}.policy") is { } policy
                ? new StatusApproval(policy, Given($"{Item}.approved"), Given($"{Item}.declined"))
                : null,
        };
    }

    private WorkflowTransition Transition(WorkflowDocument workflow, int place)
    {
        var rest = workflow.Transitions[place];
        var fields = Pairs($"{Item}.field", $"{Item}.need").Where(field => field.Name.Length > 0).ToList();
        var others = workflow.Transitions.Where((_, index) => index != place).Select(way => way.Id);
        return rest with
        {
            Id = rest.Id.Length > 0 ? rest.Id : Free(Named($"{Item}.name", "transition"), others),
            Name = Words($"{Item}.name", rest.Name) ?? LocalizedText.Of(""),
            From = IsTicked($"{Item}.anywhere") ? [] : Many($"{Item}.from"),
            To = Text($"{Item}.to"),
            Customers = IsTicked($"{Item}.customers"),
            OnCustomerComment = IsTicked($"{Item}.on-comment"),
            Condition = Given($"{Item}.condition"),
            Roles = Many($"{Item}.roles"),
            RequiresResolution = IsTicked($"{Item}.resolution"),
            Resolution = Given($"{Item}.gives"),
            Screen = fields.Select(field => field.Name).Distinct(StringComparer.Ordinal).ToValueList(),
            RequiredFields = fields
                .Where(field => field.Value == "required")
                .Select(field => field.Name)
                .Distinct(StringComparer.Ordinal)
                .ToValueList(),
            LinkedDone = Parts($"{Item}.linked", "relation", Linked).Where(one => one.Relation != "").ToValueList(),
            Scripts = Scripts(),
            Then = new RuleForm(Form, vocabulary).Actions($"{Item}.then", rest.Then),
        };
    }

    private RuleTarget Linked(string path) =>
        new(Text($"{path}.relation"), Given($"{path}.as")) { Condition = Text($"{path}.if") };

    private TransitionScripts? Scripts()
    {
        var scripts = new TransitionScripts
        {
            Condition = Given($"{Item}.script-condition"),
            Validator = Given($"{Item}.script-validator"),
            After = Given($"{Item}.script-after"),
        };
        return scripts.Equals(new TransitionScripts()) ? null : scripts;
    }

    private WorkflowResolution Resolution(string path, ValueList<WorkflowResolution> before)
    {
        var rest = Number($"{path}.drawn") is { } drawn && drawn >= 0 && drawn < before.Count ? before[drawn] : null;
        var name = Words($"{path}.name", rest?.Name) ?? LocalizedText.Of("");
        return rest is { Id.Length: > 0 }
            ? rest with
            {
                Name = name,
            }
            : new WorkflowResolution(Named($"{path}.name", "resolution"), name);
    }

    private WorkflowDocument Ends(WorkflowDocument workflow) =>
        workflow with
        {
            Initial = Text($"{Item}.initial"),
            Reopen = Given($"{Item}.reopen-to") is { } to
                ? new ReopenRule(to, Time($"{Item}.reopen-within"), IsTicked($"{Item}.reopen-comment"))
                : null,
            AutoClose = Given($"{Item}.close-transition") is { } way
                ? new AutoCloseRule(
                    Text($"{Item}.close-from"),
                    way,
                    Time($"{Item}.close-after") ?? NodaTime.Duration.Zero
                )
                : null,
        };

    // Empty as long as nothing is written: an id that is made once stays.
    private string Named(string name, string kind) =>
        Text($"{name}-en") is { Length: > 0 } english ? RuleIds.From(english, kind)
        : Text($"{name}-ko").Length > 0 ? RuleIds.From("", kind)
        : "";

    private static string Free(string id, IEnumerable<string> taken)
    {
        var known = taken.ToHashSet(StringComparer.Ordinal);
        return id.Length == 0 || !known.Contains(id)
            ? id
            : Enumerable
                .Range(2, known.Count + 1)
                .Select(number => string.Create(CultureInfo.InvariantCulture, $"{id}-{number}"))
                .First(free => !known.Contains(free));
    }
}

/// <summary>A part of a workflow that is open in the editor.</summary>
/// <param name="Kind">What it is; empty for none.</param>
/// <param name="Place">Its place in its list, from 0.</param>
public sealed record WorkflowPart(string Kind, int Place = 0)
{
    public const string Status = "status";
    public const string Transition = "transition";
    public const string Resolutions = "resolutions";
    public const string Ends = "ends";

    /// <summary>Nothing is open.</summary>
    public static WorkflowPart None { get; } = new("");

    /// <summary>Reads what <see cref="ToString"/> writes; anything else is none.</summary>
    public static WorkflowPart Parse(string text) =>
        text.Split('.') switch
        {
            [Status or Transition, var place]
                when int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                new WorkflowPart(text.Split('.')[0], number),
            [Resolutions or Ends] => new WorkflowPart(text),
            _ => None,
        };

    /// <inheritdoc/>
    public override string ToString() =>
        Kind is Status or Transition ? string.Create(CultureInfo.InvariantCulture, $"{Kind}.{Place}") : Kind;
}
