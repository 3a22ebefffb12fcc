"""The promises of safe keeping, one by one: how each stands, and the tests that show it.

A promise stands where a test would fail without it; what is missing is said beside it. The test of
this module holds the names to the tests that there are.
"""

from dataclasses import dataclass
from enum import Enum


class Stands(Enum):
    YES = "stands"
    HALF = "half"
    NOT = "not"


@dataclass(frozen=True)
class Promise:
    """``tests``: ``folder/test_file.py::test_name`` under ``tests``; ``missing``: of a promise that
    does not stand whole."""

    number: str
    words: str
    stands: Stands
    missing: str
    tests: tuple[str, ...]


def _of(number: int, stands: Stands, words: str, *tests: str, missing: str = "") -> Promise:
    return Promise(f"P{number}", words, stands, missing, tests)


PROMISES = (
    _of(
        1,
        Stands.YES,
        "What the window says is saved survives kill -9 and a power cut on an honest disk",
        "faults/test_kill.py::test_nothing_acknowledged_is_lost_by_a_kill",
        "faults/test_command_killed.py::test_every_acknowledged_order_is_there_and_whole",
        "faults/test_power.py::test_a_power_cut_takes_no_acknowledged_order",
        "faults/test_power.py::test_a_power_cut_while_the_log_is_folded_in_takes_nothing",
    ),
    _of(
        2,
        Stands.YES,
        "An order is saved whole or not at all",
        "faults/test_kill.py::test_a_save_killed_in_the_middle_leaves_nothing",
        "persistence/test_database.py::test_nothing_is_kept_of_what_failed_and_the_next_one_works",
        "services/orders/test_saving.py::test_what_is_refused_names_its_field_and_leaves_no_trace",
    ),
    _of(
        3,
        Stands.YES,
        "A failed save leaves the form filled and says what to do; the window works again",
        "ui/editor/test_editor.py::test_a_failed_save_leaves_the_form_filled",
        "persistence/test_database.py::test_a_full_disk_keeps_nothing_and_saves_again_later",
        "faults/test_disk.py::test_a_file_locked_by_another_program_does_not_freeze_the_window",
    ),
    _of(
        4,
        Stands.YES,
        "A half-typed order is offered again after a crash; at most 10 s are lost",
        "faults/test_draft_killed.py::test_the_words_are_there_after_a_kill",
        "ui/test_drafts.py::test_every_corner_of_the_form_comes_back",
    ),
    _of(
        5,
        Stands.YES,
        "No empty shop is made where data is expected; a damaged database is kept",
        "cli/test_folders.py::test_a_spoilt_shop_is_left_byte_for_byte",
        "persistence/test_store.py::test_a_damaged_database_is_kept",
        "faults/test_disk.py::test_an_emptied_database_is_never_filled_anew",
        "faults/test_log.py::test_a_log_of_another_file_is_never_folded_in",
    ),
    _of(
        6,
        Stands.YES,
        "A newer database is not changed in any byte; the message names the version",
        "persistence/test_store.py::test_a_newer_shop_is_not_changed_in_any_byte",
        "persistence/test_store.py::test_an_unknown_revision_is_that_of_a_newer_program",
    ),
    _of(
        7,
        Stands.YES,
        "An upgrade is all or nothing, keeps a verified copy from before it, all row counts and"
        " totals, and works from every released version",
        "faults/test_upgrade.py::test_killed_at_an_act_on_a_file",
        "faults/test_upgrade.py::test_killed_while_a_file_grows",
        "persistence/test_migrate.py::test_an_upgrade_that_loses_anything_is_not_made",
        "persistence/test_migrate.py"
        "::test_a_file_of_each_released_version_comes_up_with_nothing_lost",
    ),
    _of(
        8,
        Stands.YES,
        "Money is integer cents, time is UTC, numbers come from the database, not the clock",
        "persistence/test_guards.py::test_values_that_make_no_sense",
        "persistence/test_guards.py::test_moments_have_one_width_and_order_as_time_does",
        "services/orders/test_saving.py::test_numbers_go_up_and_are_never_used_twice",
    ),
    _of(
        9,
        Stands.YES,
        "Exactly one instance per data folder; a restart after a crash needs no question",
        "persistence/test_store.py::test_one_writer_many_readers_and_no_question_after_a_kill",
        "cli/test_processes.py::test_a_folder_in_use_is_3_for_who_writes_and_open_for_who_reads",
    ),
    _of(
        10,
        Stands.YES,
        "Replacement, deletion or rollback from outside is noticed, with the number of missing"
        " changes",
        "persistence/test_database.py::test_a_replaced_file_is_noticed_at_the_next_save",
        "persistence/test_database.py::test_a_deleted_file_is_noticed_and_not_made_anew",
        "persistence/test_store.py::test_an_older_file_put_back_is_noticed_with_the_number",
        "faults/test_log.py::test_a_log_that_is_gone_after_a_kill_is_missed",
    ),
    _of(
        11,
        Stands.HALF,
        "Network, removable and synced folders are refused for the database",
        "persistence/test_store.py::test_a_synced_folder",
        "persistence/test_store.py::test_a_network_path",
        missing="a removable drive is taken",
    ),
    _of(
        12,
        Stands.YES,
        "At most an hour of work is outside a backup; also at close, before upgrade, restore,"
        " import and erase",
        "ui/window/test_upkeep.py::test_an_hour_of_work_is_backed_up_while_the_window_is_open",
        "ui/window/test_upkeep.py::test_a_close_ends_the_window_and_the_days_backup_is_made_apart",
        "jobs/test_privacy.py::test_before_a_person_is_erased_the_shop_is_backed_up",
        "jobs/test_restore.py::test_the_shop_that_is_replaced_is_kept_and_can_be_brought_back",
        "jobs/test_imports.py::test_a_backup_is_made_before",
    ),
    _of(
        13,
        Stands.YES,
        "A backup counts only after it was opened again and passed; the last good one is always"
        " visible, red when it is old",
        "jobs/test_backup.py::test_every_flipped_bit_is_found",
        "jobs/test_backup.py::test_any_truncation_is_found",
        "jobs/test_backup.py::test_only_our_finished_files_count",
        "ui/window/test_status_line.py::test_it_is_red_when_a_day_of_work_has_no_backup",
        "ui/window/test_status_line.py::test_it_is_red_when_a_week_of_work_is_nowhere_else",
    ),
    _of(
        14,
        Stands.YES,
        "Backups on two devices; finished names appear only for whole files",
        "faults/test_kill.py::test_a_backup_killed_anywhere_has_no_name",
        "faults/test_disk.py::test_a_full_stick_takes_nothing_from_the_first_place",
        "jobs/test_backup.py::test_the_newest_is_brought_to_the_second_place",
        "ui/window/test_second_place.py"
        "::test_a_stick_that_comes_gets_what_it_lacks_and_the_clerk_is_told",
    ),
    _of(
        15,
        Stands.YES,
        "Nothing deletes a good backup because of a wrong clock, failed backups, a restore, or a"
        " full disk",
        "domain/test_backup_rules.py::test_a_wrong_clock_costs_no_history",
        "domain/test_backup_rules.py::test_failed_runs_and_full_disks_delete_nothing",
        "domain/test_backup_rules.py::test_what_was_made_before_a_restore_stays_longer",
        "jobs/test_backup.py::test_a_failed_backup_lets_nothing_go",
    ),
    _of(
        16,
        Stands.YES,
        "A restore shows shop, date, orders and what would be lost; makes a safety copy; can be"
        " undone by one click; is atomic",
        "jobs/test_restore.py::test_what_would_go_is_said_before_anything_is_changed",
        "faults/test_kill.py::test_a_restore_killed_anywhere_leaves_the_old_or_the_new",
        "journeys/test_restoring.py::test_restored_and_back_with_one_click",
    ),
    _of(
        17,
        Stands.YES,
        "A monthly drill restores the newest copy of each place; from a stick to a working shop"
        " in ten minutes",
        "journeys/test_restoring.py::test_a_new_computer_and_the_stick",
        "jobs/test_drill.py::test_the_newest_of_each_place_comes_back",
        "ui/window/test_monthly_drill.py::test_once_a_month_where_there_is_a_backup",
    ),
    _of(
        18,
        Stands.YES,
        "Each backup also holds plain JSON lines and CSV, readable without osdesk",
        "jobs/test_backup.py::test_a_backup_says_what_is_in_it",
        "jobs/test_export.py::test_every_row_is_in_both_kinds_of_file",
    ),
    _of(
        19,
        Stands.HALF,
        "Rights are checked in the service layer for every command; paid or closed orders change"
        " only by a reversing entry or an owner with a reason",
        "services/orders/test_steps.py::test_a_closed_order_keeps_its_money_and_promise",
        "services/orders/test_steps.py::test_reopening_is_a_recorded_reversal",
        "services/orders/test_payments.py::test_the_file_itself_keeps_a_payment_as_it_was",
        missing="who serves is recorded, but nobody signs in: there are no rights to check",
    ),
    _of(
        20,
        Stands.YES,
        "Nothing is deleted: cancelled with a reason; erasing a person is a command of its own",
        "persistence/test_guards.py::test_refused_by_the_database",
        "jobs/test_privacy.py::test_nothing_in_the_folder_tells_of_who_was_erased",
    ),
    _of(
        21,
        Stands.YES,
        "The history is append-only; any edit, deletion, swap, insertion, cut tail or rewritten"
        " chain is found by `check`",
        "persistence/test_guards.py::test_refused_by_the_database",
        "persistence/test_database.py::test_the_program_cannot_touch_schema_or_history",
        "jobs/test_tampering.py::test_an_edit_behind_the_programs_back_is_found",
        "jobs/test_tampering.py"
        "::test_a_rewritten_history_is_found_by_the_backups_that_knew_the_old_one",
        "jobs/test_tampering.py::test_a_cut_tail_is_found_by_the_backups_without_mark_and_counter",
    ),
    _of(
        22,
        Stands.NOT,
        "Idle for 5 minutes or one key locks; the counter view hides other customers, costs and"
        " access codes",
        missing="there is no lock and no counter view; a shown access code goes by itself",
    ),
    _of(
        23,
        Stands.YES,
        "Any text can be typed, stored, searched, printed and exported unchanged, or is refused"
        " with a plain message",
        "services/orders/test_saving.py::test_what_was_typed_comes_back_letter_by_letter",
        "domain/test_text.py::test_every_control_is_refused",
        "services/orders/test_search.py::test_nothing_that_is_typed_breaks_it",
        "documents/kit/test_fonts.py::test_text_is_kept_or_marked_never_lost",
        "interchange/test_cells.py::test_what_a_spreadsheet_could_run_is_guarded_and_comes_back",
    ),
    _of(
        24,
        Stands.HALF,
        "No file that is opened or restored can write outside its folder, run anything, reach the"
        " network, or take over 1 s or 200 MB to be refused",
        "jobs/test_backup.py::test_names_that_a_backup_never_has",
        "jobs/test_backup.py::test_archives_that_lie",
        "jobs/test_restore.py::test_a_database_that_is_not_just_a_shop",
        "jobs/test_restore.py::test_a_refused_backup_leaves_no_trace",
        "documents/test_images.py::test_a_bomb_is_refused_in_a_moment",
        "documents/test_apart.py::test_what_asks_for_more_memory_than_allowed_is_refused",
        "documents/test_apart.py"
        "::test_a_pdf_that_would_be_drawn_for_ever_is_refused_and_the_next_file_opens",
        "faults/test_strangers.py::test_a_strangers_file_is_refused_and_nothing_is_made",
        missing="a PDF that is drawn for ever is given up after 20 s, and 768 MB",
    ),
    _of(
        25,
        Stands.YES,
        "No network connection at all, ever",
        "faults/test_network.py::test_commands_connect_to_nothing",
        "faults/test_network.py::test_the_window_connects_to_nothing",
        "cli/test_tour.py::test_it_says_in_few_lines_what_it_did_and_where",
    ),
    _of(
        26,
        Stands.YES,
        "Access codes of devices: encrypted, shown on demand with an entry in the history, never"
        " in search, list, export, log or paper, wiped days after the delivery",
        "services/orders/test_access_codes.py::test_the_secret_is_nowhere_but_under_its_key",
        "services/orders/test_access_codes.py::test_kept_looked_at_and_changed",
        "services/orders/test_access_codes.py::test_wiped_days_after_the_order_is_closed",
        "services/orders/test_access_codes.py::test_what_was_wiped_is_no_longer_in_the_file",
    ),
    _of(
        27,
        Stands.YES,
        "Logs and error reports hold no name, phone, serial, code or free text",
        "ui/window/test_crash_handler.py::test_details_and_logs_never_hold_what_was_typed",
        "persistence/test_database.py::test_errors_never_tell_a_name",
        "cli/test_words.py::test_an_unforeseen_error_is_a_sentence_and_a_log",
    ),
    _of(
        28,
        Stands.HALF,
        "With encryption on, a stolen disk or backup shows no customer data; the printed recovery"
        " code is tested at set-up",
        "jobs/test_locked_backup.py::test_nothing_of_a_customer_is_readable",
        "jobs/test_locked_backup.py::test_it_comes_back_with_its_password_alone",
        "ui/backups/test_password_card.py::test_it_is_in_force_once_it_was_typed_from_the_sheet",
        missing="backups can be locked, by a sheet that is tested at set-up; the database itself is"
        " not encrypted: that is left to the system's own encryption of disks",
    ),
    _of(
        29,
        Stands.YES,
        "The manual says what is not promised",
        "faults/test_promises.py::test_readme_and_manual_say_what_nobody_promises",
    ),
)
