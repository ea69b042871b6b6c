namespace Pipeline.Stages.Expand;

/// <summary>Where something stands: in a study's file, or in an option of the command line.</summary>
/// <param name="Source">The file as the user named it, or the whole option, such as <c>--set=epochs=5</c>.</param>
/// <param name="Line">The line, from 1; 0 where there is none.</param>
/// <param name="Column">The column, from 1; 0 where there is none.</param>
internal readonly record struct Place(string Source, int Line = 0, int Column = 0)
{
    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? Source : $"{Source}:{Line}:{Column}";
}
