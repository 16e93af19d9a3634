using Microsoft.Extensions.Primitives;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Pages.Workspace;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Forms;

/// <summary>What a posted form says in fields and only the server can look up: people who were typed, and files that went up.</summary>
public sealed class PostedFields(FileIntake intake, PersonDirectory directory, ReferenceReader references)
{
    /// <summary>
    /// The form with the numbers of people in the place of what was typed for them, where it is clear whom it means, and with tokens in
    /// the place of files that it carries: such as are among <paramref name="known"/>, which learns the new ones. A file that is refused
    /// becomes an error of its field.
    /// </summary>
    /// <param name="fields">The fields that the form asks for; what it carries for others is left.</param>
    public async Task<IFormCollection> TakeAsync(
        IFormCollection form,
        IReadOnlyCollection<FieldDocument> fields,
        Viewer by,
        FormErrors errors,
        KnownFiles known,
        CancellationToken cancellation
    )
    {
        var sent = form.ToDictionary(part => part.Key, part => part.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var field in fields)
        {
            var name = FieldForm.NameOf(field.Id);
            var said = sent.GetValueOrDefault(name);
            if (field.Kind == FieldKind.Person)
            {
                sent[name] = await NumberedAsync(by, said, cancellation);
            }
            else if (field.Kind == FieldKind.Attachment)
            {
                sent[name] = await TakeFilesAsync(field, said);
            }
        }

        return new FormCollection(sent, form.Files);

        async Task<StringValues> TakeFilesAsync(FieldDocument field, StringValues tokens)
        {
            // What somebody without a name sent up, anybody without a name could claim.
            var fresh = by.Person.Id.Value == 0 ? [] : tokens.Where(token => !known.Has(token));
            foreach (var file in await intake.FindAsync(fresh, by.Person.Id, cancellation))
            {
                known.Add(file);
            }

            var (name, taken) = (FieldForm.NameOf(field.Id), new List<string?>());
            foreach (var file in form.Files.GetFiles(FieldInput.UploadOf(name)).Where(one => one.FileName.Length > 0))
            {
                await using var content = file.OpenReadStream();
                var (stored, refusal) = await intake.TakeAsync(content, file.FileName, by, cancellation);
                if (stored is not null)
                {
                    taken.Add(known.Add(stored.ToAttached()));
                }
                else
                {
                    errors.Add([refusal! with { Field = name }], [name]);
                }
            }

            // A field of one file takes the one that came with the form in place of the one that it had.
            return taken.Count > 0 && field.MostFiles == 1
                ? new StringValues([.. taken])
                : new StringValues([.. tokens.Where(known.Has), .. taken]);
        }
    }

    /// <summary>Tells a form of people, organizations and teams in its fields whom the viewer may not know; what the ticket holds already may stay.</summary>
    /// <param name="held">What the ticket holds.</param>
    /// <param name="inputs">The names of the form's inputs.</param>
    public async Task CheckAsync(
        Viewer viewer,
        IEnumerable<KeyValuePair<string, FieldValue?>> values,
        ValueMap<FieldValue> held,
        FormErrors errors,
        IReadOnlyCollection<string> inputs,
        CancellationToken cancellation
    )
    {
        var said = ValueMap<FieldValue?>.From(values.Where(field => !Equals(held.Find(field.Key), field.Value)));
        var (_, refusals) = await references.KnownAsync(viewer, null, said, cancellation);
        errors.Add(refusals, inputs);
    }

    private async Task<StringValues> NumberedAsync(Viewer viewer, StringValues said, CancellationToken cancellation) =>
        FieldForm.TypedPerson(said.LastOrDefault() ?? "") is { } typed
        && await directory.FindOneAsync(viewer, typed, cancellation) is { } found
            ? found.Id.ToString()
            : said;
}
