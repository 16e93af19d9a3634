using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Approvals;
using ServiceDesk.Host.Pages.Approvals.Editing;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Forms.Editing;
using ServiceDesk.Host.Pages.Workspace;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>An approval policy in the browser: its steps, whom each asks and how many must approve, and what time there is.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class ApprovalEditorModel(
    IConfigurationEditor editor,
    ICurrentConfiguration configuration,
    DocumentText documents,
    PersonDirectory directory,
    IPeopleStore people,
    ApprovalWords words,
    ITexts texts
) : DocumentEditorModel<ApprovalDocument>(editor, configuration, documents, texts)
{
    private const int UsualMost = 10;
    private const string FallbackKey = "fallback";

    // By the key of the step, which may be moved in the same breath.
    private readonly Dictionary<string, string> unknown = [];
    private ApprovalForm? form;
    private string? added;
    private IReadOnlyList<string> teams = [];

    /// <summary>The policy in words.</summary>
    public ApprovalWords Words => words;

    /// <summary>What was typed into a step and names nobody.</summary>
    public string? UnknownIn(int step) => unknown.GetValueOrDefault(KeyOf(step));

    /// <summary>What the parts of a step are named by in the page.</summary>
    public string KeyOf(int step) => form?.Keys.ElementAtOrDefault(step) ?? $"{step}";

    /// <summary>Whether somebody was just found for the step, so that one types on there.</summary>
    public bool HasFocus(int step) => added == KeyOf(step) && Difference is null;

    /// <summary>Whom a step can ask besides people, in groups; without those whom it asks.</summary>
    public IEnumerable<(string Group, IReadOnlyList<Approver> Approvers)> Offers(int step)
    {
        var asked = Approver.Of(Edited.Steps[step]);
        return new (string, IEnumerable<Approver>)[]
        {
            ("ticket", [new(Approver.Manager, ""), new(Approver.Contact, "")]),
            ("teams", teams.Select(name => new Approver(Approver.Team, name))),
            ("leads", teams.Select(name => new Approver(Approver.Lead, name))),
            ("roles", Snapshot.All<RoleDocument>().Select(role => new Approver(Approver.Role, role.Id))),
            (
                "fields",
                Snapshot
                    .All<FieldDocument>()
                    .Where(field => field.Kind == FieldKind.Person)
                    .Select(field => new Approver(Approver.Field, field.Id))
            ),
        }
            .Select(group => (group.Item1, (IReadOnlyList<Approver>)[.. group.Item2.Except(asked)]))
            .Where(group => group.Item2.Count > 0);
    }

    /// <summary>Which teams and roles can be asked where a step has too few, in groups; without those that are.</summary>
    public IEnumerable<(string Group, IReadOnlyList<Approver> Approvers)> FallbackOffers()
    {
        var asked = Approver.Of(Edited.Fallback);
        return new (string, IEnumerable<Approver>)[]
        {
            ("teams", teams.Select(name => new Approver(Approver.Team, name))),
            ("roles", Snapshot.All<RoleDocument>().Select(role => new Approver(Approver.Role, role.Id))),
        }
            .Select(group => (group.Item1, (IReadOnlyList<Approver>)[.. group.Item2.Except(asked)]))
            .Where(group => group.Item2.Count > 0);
    }

    /// <summary>What was typed as somebody to ask where a step has too few, and names nobody.</summary>
    public string? UnknownInFallback => unknown.GetValueOrDefault(FallbackKey);

    /// <summary>How many can be needed: of named people no more than there are.</summary>
    public IEnumerable<int> Needs(ApproversRule step)
    {
        var who = Approver.Of(step);
        var most = who.Any(one => one.Kind is Approver.Team or Approver.Role) ? UsualMost : who.Count;
        return Enumerable.Range(1, Math.Max(most, 1)).Append(step.Needed ?? 1).Distinct().Order();
    }

    /// <summary>The fields that whoever is asked sees.</summary>
    public ChosenRows Shows =>
        ChosenRows.Of(
            At,
            "shows",
            Edited.Shows,
            Snapshot.All<FieldDocument>().Select(one => (one.Id, one.Name.ToString())),
            Texts["approvals.edit-shows-add"],
            Texts["forms.add-which"]
        );

    /// <inheritdoc/>
    protected override string List => "/Administration/Approvals";

    /// <summary>Removes the policy.</summary>
    public Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellation) => RemoveAsync(cancellation);

    /// <inheritdoc/>
    protected override ApprovalDocument Blank() => ApprovalForm.Blank();

    /// <inheritdoc/>
    protected override DocumentForm<ApprovalDocument> Form(IFormCollection form) => this.form = new ApprovalForm(form);

    /// <inheritdoc/>
    protected override string IdFor(ApprovalDocument document) => ApprovalForm.IdFor(document);

    /// <inheritdoc/>
    protected override async Task PrepareAsync(CancellationToken cancellation)
    {
        teams = [.. (await people.TeamsAsync(cancellation)).Select(team => team.Name)];
        await words.PrepareAsync([Edited], cancellation);
    }

    // A person is typed by name or address; the document keeps the address.
    /// <inheritdoc/>
    protected override async Task<(ApprovalDocument Document, IReadOnlyList<DocumentProblem> Unknown)> LookUpAsync(
        ApprovalDocument document,
        CancellationToken cancellation
    )
    {
        var steps = document.Steps;
        var problems = new List<DocumentProblem>();
        for (var step = 0; step < steps.Count; step++)
        {
            var typed = (Typed($"step.{step}.person") ?? "").Trim();
            if (typed.Length == 0)
            {
                continue;
            }

            if (await directory.FindOneAsync(HttpContext.RequireViewer(), typed, cancellation) is { } person)
            {
                var all = steps[step].People.Append(person.Email).Distinct(StringComparer.OrdinalIgnoreCase);
                steps = steps.SetItem(step, steps[step] with { People = all.ToValueList() });
                added = KeyOf(step);
            }
            else
            {
                unknown[KeyOf(step)] = typed;
                problems.Add(DocumentProblem.At($"/steps/{step}/people", "forms.person-unknown", typed));
            }
        }

        var fallback = document.Fallback;
        if ((Typed("fallback.person") ?? "").Trim() is { Length: > 0 } name)
        {
            if (await directory.FindOneAsync(HttpContext.RequireViewer(), name, cancellation) is { } person)
            {
                fallback = Approver.Fallback(Approver.Of(fallback).Append(new Approver(Approver.Person, person.Email)));
            }
            else
            {
                unknown[FallbackKey] = name;
                problems.Add(DocumentProblem.At("/fallback/people", "forms.person-unknown", name));
            }
        }

        return (document with { Steps = steps, Fallback = fallback }, problems);
    }
}
