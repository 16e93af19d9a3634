using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;

namespace ServiceDesk.Crm.Pages;

/// <summary>Makes an account or changes one. What was typed stays when it is refused.</summary>
[Authorize(Policy = CrmPlugin.EditPermission)]
public sealed class EditAccountModel(
    CrmReader reader,
    AccountWriting writing,
    IPeople people,
    AccountScopes scopes,
    ITexts texts
) : CrmPageModel(texts)
{
    /// <summary>The account; null for a new one.</summary>
    public AccountDetail? Existing { get; private set; }

    /// <summary>The version that is being changed.</summary>
    public long? Version { get; private set; }

    /// <summary>The form.</summary>
    public IReadOnlyList<CrmInput> Inputs { get; private set; } = [];

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync(long? account, CancellationToken cancellation)
    {
        if (!await FindAsync(account, cancellation))
        {
            return NotFound();
        }

        Version = Existing?.Version;
        await DrawAsync(Existing is { } row ? Of(row) : new AccountInput("", ""), cancellation);
        return Page();
    }

    /// <summary>Saves it.</summary>
    public async Task<IActionResult> OnPostAsync(long? account, long? version, CancellationToken cancellation)
    {
        if (!await FindAsync(account, cancellation))
        {
            return NotFound();
        }

        var input = new AccountInput(
            Typed("key") ?? "",
            Typed("name") ?? "",
            Typed("parent") ?? "",
            Typed("organization") ?? "",
            Typed("externalId") ?? "",
            Typed("website") ?? "",
            Typed("phone") ?? "",
            Typed("notes") ?? "",
            Ticked("active")
        );
        var saved = await writing.SaveAsync(Viewer, account, input, version, cancellation);
        if (saved.IsDone)
        {
            return Redirect(At($"account?account={saved.Id}"));
        }

        Version = version;
        var answer = Refuse(saved.Refusals);
        await DrawAsync(input, cancellation);
        return answer;
    }

    private async Task<bool> FindAsync(long? account, CancellationToken cancellation)
    {
        Existing = account is { } id ? await reader.AccountAsync(Viewer, id, cancellation) : null;
        return account is null || Existing is not null;
    }

    private static AccountInput Of(AccountDetail row) =>
        new(
            row.Key,
            row.Name,
            row.Parent?.Key ?? "",
            row.OrganizationKey ?? "",
            row.ExternalId ?? "",
            row.Website,
            row.Phone,
            row.Notes,
            row.IsActive
        );

    private async Task DrawAsync(AccountInput input, CancellationToken cancellation)
    {
        var scope = await scopes.OfAsync(Viewer, cancellation);
        var organizations = (await people.OrganizationsAsync(cancellation))
            .Where(one => scope.Organizations?.Contains(one.Id.Value) != false)
            .Select(one => (one.Key, $"{one.Name} ({one.Key})"));
        var inputs = new List<CrmInput>();
        if (Existing is null)
        {
            inputs.Add(
                new("key", "key", input.Key)
                {
                    Required = true,
                    Help = "key",
                    Longest = 60,
                    Error = Wrong("key"),
                }
            );
        }

        inputs.AddRange([
            new("name", "name", input.Name) { Required = true, Error = Wrong("name") },
            new("parent", "parent", input.Parent)
            {
                Help = "parent",
                Longest = 60,
                Error = Wrong("parent"),
            },
            new("organization", "organization", input.Organization)
            {
                Kind = "select",
                Help = "organization",
                Options = [("", Words["crm.none"]), .. organizations],
                Error = Wrong("organization"),
            },
            new("externalId", "external-id", input.ExternalId)
            {
                Help = "external-id",
                Longest = 100,
                Error = Wrong("externalId"),
            },
            new("website", "website", input.Website)
            {
                Kind = "url",
                Longest = 300,
                Error = Wrong("website"),
            },
            new("phone", "phone", input.Phone) { Longest = 60, Error = Wrong("phone") },
            new("notes", "notes", input.Notes) { Kind = "area", Error = Wrong("notes") },
            new("active", "active", input.IsActive ? "true" : "") { Kind = "check" },
        ]);
        Inputs = inputs;
    }
}
