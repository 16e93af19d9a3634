using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Files;

/// <summary>The files of a posted form: those that went up before, by their tokens, and those that the form itself carries when scripts are off.</summary>
public sealed class PostedFiles(FileIntake intake)
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
}
