using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;

namespace ServiceDesk.Host.Pages.Duty;

/// <summary>Whether somebody works, in words.</summary>
public sealed class DutyWords(ITexts texts)
{
    /// <summary>Such as "absent until 24 Dec 2026".</summary>
    public string Say(DutyStatus status, ReaderTimes times) =>
        status switch
        {
            { State: DutyState.Working } => texts["duty.status-working"],
            { Absence: { } absence } => texts.Format("duty.status-absent", ReaderTimes.Date(absence.To)),
            { State: DutyState.OutsideHours, Again: { } again } => texts.Format(
                "duty.status-outside-until",
                times.Moment(again, isShort: true)
            ),
            { State: DutyState.OutsideHours } => texts["duty.status-outside"],
            _ => texts["duty.status-gone"],
        };
}
