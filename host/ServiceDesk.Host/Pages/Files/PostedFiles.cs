using Microsoft.Extensions.Primitives;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Files;

/// <summary>The files of a posted form: those that went up before, by their tokens, and those that the form itself carries when scripts are off.</summary>
public sealed class PostedFiles(FileIntake intake, ICurrentConfiguration configuration)
{
    /// <summary>The most bytes of a form with files.</summary>
    public const long FormLimit = 2 * FileIntake.Limit;

    /// <summary>Takes them in; one that is refused becomes an error of the form, the others are kept.</summary>
    public async Task<ValueList<AttachedFile>> TakeAsync(
        IFormCollection form,
        Viewer by,
        FormErrors errors,
        CancellationToken cancellation
    )
    {
        var files = await intake.FindAsync(form["files"], by.Person.Id, cancellation);
        foreach (var carried in form.Files.GetFiles("upload").Where(file => file.FileName.Length > 0))
        {
            await using var content = carried.OpenReadStream();
            var (file, refusal) = await intake.TakeAsync(content, carried.FileName, by, cancellation);
            if (file is not null)
            {
                files = files.Add(file.ToAttached());
            }
            else
            {
                errors.Add([refusal!], ["files"]);
            }
        }

        return files;
    }

    /// <summary>
    /// Takes in what a form carries for fields that hold files, and gives the form with tokens in the place of it: such as are among
    /// <paramref name="known"/>, which learns the new ones. A file that is refused becomes an error of its field.
    /// </summary>
    public async Task<IFormCollection> TakeFieldsAsync(
        IFormCollection form,
        Viewer by,
        FormErrors errors,
        KnownFiles known,
        CancellationToken cancellation
    )
    {
        var sent = form.ToDictionary(part => part.Key, part => part.Value, StringComparer.OrdinalIgnoreCase);
        foreach (
            var field in configuration.Snapshot.All<FieldDocument>().Where(one => one.Kind == FieldKind.Attachment)
        )
        {
            var name = FieldForm.NameOf(field.Id);
            var carried = form
                .Files.GetFiles(FieldInput.UploadOf(name))
                .Where(file => file.FileName.Length > 0)
                .ToList();
            if (carried.Count > 0 || sent.ContainsKey(name))
            {
                sent[name] = await TakeFieldAsync(field, sent.GetValueOrDefault(name), carried);
            }
        }

        return new FormCollection(sent, form.Files);

        async Task<StringValues> TakeFieldAsync(FieldDocument field, StringValues tokens, List<IFormFile> carried)
        {
            // What somebody without a name sent up, anybody without a name could claim.
            var fresh = by.Person.Id.Value == 0 ? [] : tokens.Where(token => !known.Has(token));
            foreach (var file in await intake.FindAsync(fresh, by.Person.Id, cancellation))
            {
                known.Add(file);
            }

            var taken = new List<string?>();
            foreach (var file in carried)
            {
                await using var content = file.OpenReadStream();
                var (stored, refusal) = await intake.TakeAsync(content, file.FileName, by, cancellation);
                if (stored is not null)
                {
                    taken.Add(known.Add(stored.ToAttached()));
                }
                else
                {
                    var name = FieldForm.NameOf(field.Id);
                    errors.Add([refusal! with { Field = name }], [name]);
                }
            }

            // A field of one file takes the one that came with the form in place of the one that it had.
            return taken.Count > 0 && field.MostFiles == 1
                ? new StringValues([.. taken])
                : new StringValues([.. tokens.Where(known.Has), .. taken]);
        }
    }
}
