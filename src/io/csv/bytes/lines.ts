/** Which line of the file each row of data began on, kept as the rows where the count of lines jumps. */
export class LineIndex {
  private readonly rows: number[] = [];
  private readonly lines: number[] = [];
  private expected = -1;

  append(row: number, line: number): void {
    if (line !== this.expected) {
      this.rows.push(row);
      this.lines.push(line);
    }
    this.expected = line + 1;
  }

  lineOf(row: number): number {
    let low = 0;
    let high = this.rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.rows[middle]! <= row) low = middle;
      else high = middle - 1;
    }
    return this.lines[low]! + row - this.rows[low]!;
  }
}
