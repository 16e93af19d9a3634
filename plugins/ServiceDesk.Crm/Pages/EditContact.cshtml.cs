using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Crm.Pages;

/// <summary>Makes a contact or changes one. What was typed stays when it is refused.</summary>
[Authorize(Policy = CrmPlugin.EditPermission)]
public sealed class EditContactModel(CrmReader reader, ContactWriting writing, ITexts texts) : CrmPageModel(texts)
{
    private const int SpareRows = 2;

    /// <summary>The contact; null for a new one.</summary>
    public ContactDetail? Existing { get; private set; }

    /// <summary>The version that is being changed.</summary>
    public long? Version { get; private set; }

    /// <summary>The form.</summary>
    public IReadOnlyList<CrmInput> Inputs { get; private set; } = [];

    /// <summary>What the contact is where, with empty rows for more.</summary>
    public IReadOnlyList<MembershipInput> Rows { get; private set; } = [];

    /// <summary>Shows the form.</summary>
    /// <param name="at">The key of an account for a new contact.</param>
    public async Task<IActionResult> OnGetAsync(long? contact, string? at, CancellationToken cancellation)
    {
        if (!await FindAsync(contact, cancellation))
        {
            return NotFound();
        }

        Version = Existing?.Version;
        Draw(
            Existing is { } row
                ? Of(row)
                : new ContactInput("", "", "", "", "", at is null ? [] : [new MembershipInput(at, "")])
        );
        return Page();
    }

    /// <summary>Saves it.</summary>
    public async Task<IActionResult> OnPostAsync(long? contact, long? version, CancellationToken cancellation)
    {
        if (!await FindAsync(contact, cancellation))
        {
            return NotFound();
        }

        var input = new ContactInput(
            Typed("name") ?? "",
            Typed("email") ?? "",
            Typed("phone") ?? "",
            Typed("externalId") ?? "",
            Typed("notes") ?? "",
            [.. Memberships().Where(row => row.Account.Trim().Length > 0)]
        );
        var saved = await writing.SaveAsync(Viewer, contact, input, version, cancellation);
        if (saved.IsDone)
        {
            return Redirect(At("contacts"));
        }

        Version = version;
        var answer = Refuse(saved.Refusals);
        Draw(input);
        return answer;
    }

    private IEnumerable<MembershipInput> Memberships()
    {
        var (accounts, titles) = (Request.Form["at"], Request.Form["as"]);
        var first = Typed("first");
        for (var i = 0; i < Math.Min(accounts.Count, ContactWriting.MostAccounts + 1); i++)
        {
            yield return new MembershipInput(
                accounts[i] ?? "",
                i < titles.Count ? titles[i] ?? "" : "",
                first == i.ToString(CultureInfo.InvariantCulture)
            );
        }
    }

    private async Task<bool> FindAsync(long? contact, CancellationToken cancellation)
    {
        Existing = contact is { } id ? await reader.ContactAsync(Viewer, id, cancellation) : null;
        return contact is null || Existing is not null;
    }

    private static ContactInput Of(ContactDetail row) =>
        new(
            row.Name,
            row.Email,
            row.Phone,
            row.ExternalId ?? "",
            row.Notes,
            [.. row.Accounts.Select(one => new MembershipInput(one.Account.Key, one.Title, one.IsPrimary))]
        );

    private void Draw(ContactInput input)
    {
        Inputs =
        [
            new("name", "name", input.Name) { Required = true, Error = Wrong("name") },
            new("email", "email", input.Email)
            {
                Kind = "email",
                Help = "contact-email",
                Longest = 254,
                Error = Wrong("email"),
            },
            new("phone", "phone", input.Phone) { Longest = 60, Error = Wrong("phone") },
            new("externalId", "external-id", input.ExternalId)
            {
                Help = "external-id",
                Longest = 100,
                Error = Wrong("externalId"),
            },
            new("notes", "notes", input.Notes) { Kind = "area", Error = Wrong("notes") },
        ];
        Rows = [.. input.Accounts, .. Enumerable.Repeat(new MembershipInput("", ""), SpareRows)];
    }
}
